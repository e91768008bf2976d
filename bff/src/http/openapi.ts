import { z } from 'zod'
import type { Contract, Endpoint } from '@atrium/shared/contract.ts'
import { generalRefusals, refusalStatus } from '@atrium/shared/refusal.ts'

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' }) as Record<string, unknown>
  return json
}

type Property = { in: 'path' | 'query'; name: string; required: boolean; schema: unknown }

function parameters(endpoint: Endpoint, path: string): Property[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!)
  const list: Property[] = names.map((name) => ({ in: 'path', name, required: true, schema: { type: 'string' } }))
  if (endpoint.query) {
    const { properties = {}, required = [] } = schemaOf(endpoint.query, 'input') as { properties?: Record<string, unknown>; required?: string[] }
    for (const [name, schema] of Object.entries(properties)) list.push({ in: 'query', name, required: required.includes(name), schema })
  }
  return list
}

const security = (endpoint: Endpoint) => (endpoint.who === 'member' ? [{ member: [] }] : endpoint.who === 'guest' ? [{}, { member: [] }] : endpoint.who === 'vendor' ? [{}] : [{ staff: [] }, { staffCookie: [] }])

function operation(key: string, endpoint: Endpoint): Record<string, unknown> {
  const [, path] = key.split(' ') as [string, string]
  const problems = [...new Set([...endpoint.refuses, ...generalRefusals])]
  const byStatus = new Map<number, string[]>()
  for (const code of problems) byStatus.set(refusalStatus[code], [...(byStatus.get(refusalStatus[code]) ?? []), code])
  const responses: Record<string, unknown> = {
    200: endpoint.kind && endpoint.kind !== 'json' ? { description: endpoint.kind } : { description: 'OK', content: { 'application/json': { schema: schemaOf(endpoint.reply, 'output') } } },
  }
  for (const [status, codes] of byStatus) responses[status] = { description: codes.join(', '), content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }
  return {
    operationId: key.replace(/[^A-Za-z0-9]+/g, '_'), summary: endpoint.summary, tags: [path.split('/').slice(1, 3).join('/')], security: security(endpoint),
    ...(typeof endpoint.who === 'object' && { 'x-permission': endpoint.who.can, 'x-within': endpoint.within ?? 'mall' }),
    parameters: [...parameters(endpoint, path), ...(endpoint.idempotent ? [{ in: 'header', name: 'Idempotency-Key', required: true, schema: { type: 'string', minLength: 8, maxLength: 100 } }] : [])],
    ...(endpoint.body && endpoint.kind !== 'raw' && { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(endpoint.body, 'input') } } } }),
    responses,
  }
}

/** The contract as an OpenAPI 3.1 document. */
export function openApi(contract: Contract, baseUrl: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [key, endpoint] of Object.entries(contract)) {
    const [method, path] = key.split(' ') as [string, string]
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(key, endpoint) }
  }
  return {
    openapi: '3.1.0', info: { title: 'Atrium', version: '1', description: 'The digital mall. Money is integer fen, time is ISO 8601 in UTC, refusals are RFC 9457 problem details.' }, servers: [{ url: baseUrl }], paths,
    components: {
      securitySchemes: { member: { type: 'http', scheme: 'bearer' }, staff: { type: 'http', scheme: 'bearer' }, staffCookie: { type: 'apiKey', in: 'cookie', name: 'atrium_staff' } },
      schemas: { Problem: { type: 'object', required: ['type', 'title', 'status', 'code', 'requestId'], properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string' }, requestId: { type: 'string' }, errors: { type: 'array', items: { type: 'object', properties: { detail: { type: 'string' }, pointer: { type: 'string' } } } } } } },
    },
  }
}
