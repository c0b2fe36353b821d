import { notFound, redirect } from 'next/navigation'
import { orNotFound } from '@/components/agents/or-not-found'
import { approvalOfProposal } from '@/lib/agents/queries/page'
import { requirePageActor } from '@/lib/auth/current'

/** A proposal is read and decided in one place, the inbox; this address is the one people share. */
export default async function ProposalPage(props: {
  params: Promise<{ slug: string; number: string }>
}) {
  const { slug, number } = await props.params
  const actor = await requirePageActor()
  if (!/^[1-9]\d{0,8}$/.test(number)) notFound()
  redirect(`/inbox/${await orNotFound(approvalOfProposal(actor, slug, Number(number)))}`)
}
