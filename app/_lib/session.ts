/** Whether the request carries a session. */
export async function isSignedIn(): Promise<boolean> {
  return Promise.resolve(false)
}
