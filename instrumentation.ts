export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { bootWeb } = await import('@/lib/cli/web')
    await bootWeb()
  }
}
