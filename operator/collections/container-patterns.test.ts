import { describe, expect, test } from 'vitest'
import { containerSchema, countContainer, hasMovingTag, noContainers } from './container-patterns.ts'

test.each([
  ['nginx', true],
  ['nginx:latest', true],
  ['registry.example:5000/nginx', true],
  ['registry.example:5000/nginx:latest', true],
  ['nginx:1.29', false],
  ['registry.example:5000/nginx:1.29', false],
  [`nginx@sha256:${'a'.repeat(64)}`, false],
  [`nginx:latest@sha256:${'a'.repeat(64)}`, false],
])('the image %s can become another one: %j', (image, moves) => {
  expect(hasMovingTag(image)).toBe(moves)
})

describe('a container may run as root', () => {
  const mayRunAsRoot = (container: object, pod: Parameters<typeof countContainer>[2]) => {
    const counts = noContainers()
    countContainer(counts, containerSchema.parse({ securityContext: container }), pod)
    return counts.mayRunAsRoot === 1
  }

  test.each([
    [{}, undefined, true],
    [{}, { runAsNonRoot: true }, false],
    [{ runAsNonRoot: false }, { runAsNonRoot: true }, true],
    [{ runAsUser: 0 }, { runAsUser: 1000 }, true],
    [{ runAsUser: 1000 }, {}, false],
    [{}, { runAsUser: 1000 }, false],
  ])('%j in a pod with %j: %j', (container, pod, expected) => {
    expect(mayRunAsRoot(container, pod)).toBe(expected)
  })
})
