// Plays pg_cron's worker: runs every active row of cron.job when its schedule says so, one run of a job
// at a time, and writes down what became of it. Schedules are in GMT.

import { Cron } from 'croner'
import postgres from 'postgres'

export type Scheduler = {
  /** Looks at cron.job again; it happens by itself every few seconds. */
  refresh: () => Promise<void>
  /** Runs once each job that would have been due between these two instants. */
  runMissed: (from: Date, until: Date) => Promise<void>
  stop: () => Promise<void>
}

type Job = { jobid: number; schedule: string; command: string; username: string; database: string }

const REFRESH_SECONDS = 5

/** Takes the address of the database as the owner, whose jobs they are. */
export function startScheduler(url: string): Scheduler {
  const sql = postgres(url, { max: 2, onnotice: () => {} })
  const timers = new Map<string, Cron>()
  const running = new Map<number, Promise<void>>()
  let stopped = false

  const run = async (job: Job) => {
    if (running.has(job.jobid)) return
    const whole = runJob(sql, url, job).finally(() => running.delete(job.jobid))
    running.set(job.jobid, whole)
    await whole
  }

  const refresh = async () => {
    const jobs = await activeJobs(sql)
    if (stopped) return
    const wanted = new Map(jobs.map((job) => [JSON.stringify(job), job]))

    for (const [key, timer] of timers) {
      if (wanted.has(key)) continue
      timer.stop()
      timers.delete(key)
    }
    for (const [key, job] of wanted) {
      if (timers.has(key)) continue
      timers.set(key, schedule(job, run))
    }
  }

  const loop = setInterval(() => void refresh().catch(() => {}), REFRESH_SECONDS * 1000)
  // A scheduler alone keeps no process alive.
  loop.unref()

  return {
    refresh,
    runMissed: async (from, until) => {
      await refresh()
      const due = (await activeJobs(sql)).filter((job) => isDue(job, from, until))
      for (const job of due) {
        await running.get(job.jobid)
        await run(job)
      }
    },
    stop: async () => {
      stopped = true
      clearInterval(loop)
      for (const timer of timers.values()) timer.stop()
      await Promise.allSettled(running.values())
      await sql.end()
    },
  }
}

async function activeJobs(sql: postgres.Sql): Promise<Array<Job>> {
  return sql<Array<Job>>`
    select jobid::int, schedule, command, username, database
    from cron.job
    where active and database = current_database()
    order by jobid
  `
}

/** pg_cron also knows '30 seconds' and writes the last day of a month as $. */
function pattern(text: string): { cron: string; everySeconds?: number } {
  const seconds = /^(\d+) seconds?$/.exec(text)?.[1]
  if (seconds) return { cron: '* * * * * *', everySeconds: Number(seconds) }
  return { cron: text.replaceAll('$', 'L') }
}

function schedule(job: Job, run: (job: Job) => Promise<void>): Cron {
  const { cron, everySeconds } = pattern(job.schedule)
  const options = {
    timezone: 'UTC',
    protect: true,
    unref: true,
    interval: everySeconds,
    // A database that is down for a moment costs this run, not the process with everything in it.
    catch: (error: unknown) => console.error(`The job “${job.command}” could not run:`, error),
  }
  return new Cron(cron, options, () => run(job))
}

function isDue(job: Job, from: Date, until: Date): boolean {
  const { cron, everySeconds } = pattern(job.schedule)
  if (everySeconds) return until.getTime() - from.getTime() >= everySeconds * 1000
  const next = new Cron(cron, { timezone: 'UTC', paused: true }).nextRun(from)
  return next !== null && next <= until
}

/** In a connection of its own, as one statement, so that a procedure it calls may commit. */
async function runJob(sql: postgres.Sql, url: string, job: Job) {
  const [details] = await sql<Array<{ runid: number }>>`
    insert into cron.job_run_details (jobid, database, username, command, status, start_time)
    values (${job.jobid}, ${job.database}, ${job.username}, ${job.command}, 'running', clock_timestamp())
    returning runid::int
  `
  const session = postgres(url, { max: 1, onnotice: () => {}, idle_timeout: 1 })
  let outcome: { status: string; message: string }
  try {
    const result = await session.unsafe(job.command).simple()
    outcome = { status: 'succeeded', message: `${result.command} ${result.count ?? 0}`.trim() }
  } catch (error) {
    outcome = { status: 'failed', message: `ERROR: ${(error as Error).message}` }
  } finally {
    await session.end({ timeout: 5 })
  }
  await sql`
    update cron.job_run_details
    set status = ${outcome.status}, return_message = ${outcome.message}, end_time = clock_timestamp()
    where runid = ${details?.runid ?? 0}
  `
}
