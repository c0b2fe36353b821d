import { type TextJob, workOn } from './text-work'

// Runs beside the page, so that a long comparison never holds up what somebody types.
self.addEventListener('message', (event: MessageEvent<TextJob>) => {
  self.postMessage(workOn(event.data))
})
