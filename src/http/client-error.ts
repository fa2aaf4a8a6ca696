import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { Problem, PROBLEMS, PROBLEM_TYPE, describeProblem, type ProblemCode } from '../problems.ts'

/**
 * Answers what never became a request: slow headers and bodies, oversized headers, bytes that are not HTTP.
 * Node tells of them on the connection, below routes, hooks and the error handler.
 */
export function handleClientError(this: FastifyInstance, error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const problem = toProblem(error.code)
  const id = randomUUID()
  this.log.info({ reqId: id, problem: problem.code, cause: error.code }, 'refused')
  // Bytes of an answer are out already: a second one behind them would be read as part of it.
  if (socket.writable && !isAnswering(socket)) socket.write(writeAnswer(problem, id))
  socket.destroySoon()
}

/** Node's codes, and what they mean to a client; any other code is of the parser, about bytes that it cannot read. */
const PROBLEM_OF_NODE: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'The headers or the body took too long to arrive.'],
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'The address and the headers together are too large.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['body-too-large', 'The extensions of a chunk are too large.'],
}

function toProblem(code = ''): Problem {
  const [name, detail] = PROBLEM_OF_NODE[code] ?? ['http-malformed', 'The bytes are not an HTTP request.']
  return new Problem(name, detail)
}

/** Node keeps the answer in progress on the socket and says so in no public place. */
function isAnswering(socket: Socket): boolean {
  const { _httpMessage: message } = socket as Socket & { _httpMessage?: { headersSent?: boolean } | null }
  return message?.headersSent === true
}

function writeAnswer(problem: Problem, id: string): string {
  const body = JSON.stringify(describeProblem(problem, id))
  const { status } = PROBLEMS[problem.code]
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Content-Type: ${PROBLEM_TYPE}; charset=utf-8`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Date: ${new Date().toUTCString()}`,
    `X-Request-Id: ${id}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}
