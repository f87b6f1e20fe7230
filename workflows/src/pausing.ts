import {
  type ChildWorkflowHandle,
  condition,
  defineSignal,
  setHandler,
  startChild,
  type Workflow,
  type WorkflowResultType,
} from "@temporalio/workflow"

const setPaused = defineSignal<[paused: boolean]>("setPaused")

/** Every workflow that can be paused from above takes where it stands as part of its input. */
type Pausable<Input> = (input: Input & { readonly paused: boolean }) => Promise<unknown>

/**
 * Whether new work may start, kept the same in a workflow and in its running children. Work that already runs goes on
 * to its end: pausing loses nothing.
 */
export const pausing = (pausedAtStart: boolean) => {
  let paused = pausedAtStart
  const children = new Set<ChildWorkflowHandle<Workflow>>()
  // A child that has just ended refuses the signal; it has nothing left to pause.
  const tell = (child: ChildWorkflowHandle<Workflow>) => child.signal(setPaused, paused).catch(() => undefined)
  const set = async (next: boolean): Promise<void> => {
    paused = next
    await Promise.all([...children].map(tell))
  }
  setHandler(setPaused, set)
  return {
    get paused() {
      return paused
    },
    set,
    unpaused: () => condition(() => !paused),
    runChild: async <Input, W extends Pausable<Input>>(
      child: W & Pausable<Input>,
      workflowId: string,
      input: Input,
    ): Promise<WorkflowResultType<W>> => {
      const told = paused
      const handle = await startChild(child as Workflow, { workflowId, args: [{ ...input, paused: told }] })
      children.add(handle)
      try {
        if (paused !== told) await tell(handle)
        return (await handle.result()) as WorkflowResultType<W>
      } finally {
        children.delete(handle)
      }
    },
  }
}
