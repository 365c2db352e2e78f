'use client'

export { RouteError as default } from '#app/_ui/route-error.tsx'
