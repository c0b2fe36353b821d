import { answerAuth } from '@/lib/people/auth-handler'

export { answerAuth as GET, answerAuth as POST }
