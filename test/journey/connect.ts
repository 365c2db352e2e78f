import type { House } from './house.ts'
import { runCommand } from './run-command.ts'
import { copyInstallCommand, nameKey, newVisitor, signUp, teamOf, waitForConnection } from './visitor.ts'
import type { Visitor } from './visitor.ts'

export type Connected = { visitor: Visitor; key: string; team: string }

/** From nobody to a green cluster: signs up, names a key, and runs the command that the page shows. */
export async function connectCluster(house: House): Promise<Connected> {
  const { page } = house.visit
  const visitor = newVisitor()
  await signUp(page, house.stack.portalUrl, visitor, house.stack.mail)
  const key = await nameKey(page, 'journey')
  await install(house, await copyInstallCommand(page), key)
  await waitForConnection(page, 'connected')
  return { visitor, key, team: teamOf(page) }
}

/** Runs the copied command in a shell, with the authority of this house's API beside it, and pastes the key. */
export async function install(house: House, command: string, key: string): Promise<void> {
  await runCommand(`${command} --set-file caBundle=${house.caFile}`, { env: house.cluster.environment, answer: key })
}
