import { serve } from './http/serve.ts'

await serve()
