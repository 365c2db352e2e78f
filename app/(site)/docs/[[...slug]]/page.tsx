import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Documentation } from '#app/_features/docs/documentation.tsx'
import { listDocuments, readDocument } from '#app/_server/documents.ts'

type DocumentationPageProps = { params: Promise<{ slug?: string[] }> }

export async function generateMetadata({ params }: DocumentationPageProps): Promise<Metadata> {
  const page = await readDocument((await params).slug ?? [])
  return { title: page?.entry.title ?? 'Not found', description: page?.entry.description }
}

export default async function DocumentationPage({ params }: DocumentationPageProps) {
  const page = await readDocument((await params).slug ?? [])
  if (!page) notFound()
  return <Documentation page={page} entries={await listDocuments()} />
}
