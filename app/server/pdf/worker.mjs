// The way into the drawing thread: a thread starts as plain JavaScript and then learns TypeScript.
import { register } from 'tsx/esm/api'

register()
await import('./worker.ts')
