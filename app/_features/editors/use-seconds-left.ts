import { useEffect, useState } from 'react'

const TICK_MS = 250

/** Whole seconds of a time that began when the component was first drawn. A computer that slept counts them too. */
export function useSecondsLeft(totalSeconds: number): number {
  const [secondsLeft, setSecondsLeft] = useState(totalSeconds)

  useEffect(() => {
    const endsAtMs = Date.now() + totalSeconds * 1000
    const timer = setInterval(() => {
      const left = Math.max(0, Math.ceil((endsAtMs - Date.now()) / 1000))
      setSecondsLeft(left)
      if (left === 0) clearInterval(timer)
    }, TICK_MS)
    return () => clearInterval(timer)
  }, [totalSeconds])

  return secondsLeft
}
