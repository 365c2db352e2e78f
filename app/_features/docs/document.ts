/** A page of the documentation as lists show it. `name` is its file's, without the ending. */
export type DocumentEntry = { name: string; href: string; title: string; description: string; order: number }

export type DocumentPage = { entry: DocumentEntry; markdown: string }
