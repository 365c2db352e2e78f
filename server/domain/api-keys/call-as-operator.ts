import type { ServiceContext } from '#server/core/context.ts'
import type { OperatorClaim } from '#server/domain/clusters/index.ts'
import { admitOperator } from './admit-operator.ts'
import type { PresentedKey } from './verify.ts'

/** What an operator shows with every call: key, cluster token, and the address it comes from. */
export type OperatorCaller = PresentedKey & { clusterToken: string | undefined }

/** Lets an operator in and runs a verb as its key. Each transport of the operator's calls is this one call. */
export async function callAsOperator<Input extends object, Output>(
  ctx: ServiceContext,
  caller: OperatorCaller,
  input: Input,
  verb: (ctx: ServiceContext, input: Input & { clusterToken: string | undefined }) => Promise<Output>,
): Promise<Output> {
  const claimed: Input & OperatorClaim & { clusterToken: string | undefined } = {
    ...input,
    clusterToken: caller.clusterToken,
  }
  return verb(await admitOperator(ctx, caller, claimed), claimed)
}
