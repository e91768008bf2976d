import { z } from 'zod'
import { contract } from '../contract.ts'
import { Done, Iso } from '../pieces.ts'

export const purposes = ['membership', 'personalisation', 'marketing'] as const

export const privacyContract = contract({
  'GET /api/privacy/notice': {
    who: 'guest', summary: 'The privacy notice in force',
    reply: z.object({ version: z.string(), effectiveFrom: Iso, title: z.string(), titleEn: z.string(), summary: z.array(z.object({ heading: z.string(), headingEn: z.string(), text: z.string(), textEn: z.string() })) }), refuses: [],
  },
  'GET /api/privacy/consents': {
    who: 'member', summary: 'What I agreed to, and when',
    reply: z.object({ items: z.array(z.object({ purpose: z.enum(purposes), granted: z.boolean(), version: z.string().nullable(), at: Iso.nullable() })) }), refuses: [],
  },
  'POST /api/privacy/consents': {
    who: 'member', idempotent: true, summary: 'Agree to a purpose or withdraw',
    body: z.object({ purpose: z.enum(purposes), granted: z.boolean(), version: z.string().max(20) }), reply: Done, refuses: ['consent_required'],
  },
})
