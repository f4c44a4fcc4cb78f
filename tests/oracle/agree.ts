import { expect } from 'vitest'
import { ownDatabase } from '../db/database.ts'
import { type Count, replay, type Way } from './replay.ts'
import { retell, shrink } from './shrink.ts'
import { type Setting, type Story, tellStory } from './story.ts'

/** Tells the story of a setting to product and oracle. Where they differ, the smallest story that shows it is what fails. */
export async function expectEqual(setting: Setting, way: Way = {}): Promise<Count> {
  return expectStoryEqual(tellStory(setting), way)
}

export async function expectStoryEqual(story: Story, way: Way = {}): Promise<Count> {
  const { difference, count } = await replay(story, await ownDatabase(), way)
  console.log(`seed ${story.seed}, ${story.zone}: ${JSON.stringify(count)}`)
  if (difference) {
    const smallest = await shrink(
      story,
      difference,
      async (smaller) => (await replay(smaller, await ownDatabase(), way)).difference,
    )
    expect.fail(retell(smallest))
  }
  return count
}
