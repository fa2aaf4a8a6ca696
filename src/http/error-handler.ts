import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { describeMistake, tellMistakes } from '../batch/document.ts'
import { OnestoryError } from '../errors.ts'
import { Problem, PROBLEMS, PROBLEM_TYPE, describeProblem, toProblem, type ProblemCode } from '../problems.ts'

/** Fastify's errors that a client can cause; any other of its errors is a fault of ours. */
const PROBLEM_OF_FASTIFY: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'json-malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'json-malformed',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'type-unsupported',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'http-malformed',
  FST_ERR_BAD_URL: 'url-malformed',
}

const DETAILS: Readonly<Partial<Record<ProblemCode, string>>> = {
  'json-malformed': 'The body has to be one JSON object, without keys named __proto__.',
  'type-unsupported': 'The content-type header is malformed.',
  'http-malformed': 'The body does not have the length that its header announces, or the connection broke off.',
  'url-malformed': 'The address has an escape that is not one.',
  internal: 'The fault is on this side. The log has it under the id in instance.',
}

/** Answers any error as a problem. For the root of the application, so that plugins inherit it. */
export function handleError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = nameProblem(error, request)
  if (problem.code === 'internal') request.log.error({ err: error }, 'failed')
  return sendProblem(problem, request, reply)
}

/** Answers with a problem. Works without hooks too, where the router gave up before any of them ran. */
function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const facts = request.facts as FastifyRequest['facts'] | undefined
  if (facts === undefined) request.log.info({ problem: problem.code }, 'refused')
  else facts.problem = problem.code
  return reply
    .code(PROBLEMS[problem.code].status)
    .headers({ ...problem.headers, 'x-request-id': request.id, 'x-content-type-options': 'nosniff' })
    .type(PROBLEM_TYPE)
    .send(describeProblem(problem, request.id))
}

function nameProblem(error: FastifyError, request: FastifyRequest): Problem {
  if (error instanceof Problem || error instanceof OnestoryError) return toProblem(error)
  if (error.validation !== undefined) return describeValidation(error)
  const code = PROBLEM_OF_FASTIFY[error.code] ?? (isBrokenOff(error) ? 'http-malformed' : 'internal')
  const detail =
    code === 'body-too-large'
      ? `The body is larger than ${request.routeOptions.bodyLimit} bytes.`
      : (DETAILS[code] ?? PROBLEMS[code].title)
  return new Problem(code, detail, { cause: error })
}

/** Fastify gives a body that cannot be read to its end the status 400 and leaves the stream's own error as it is. */
function isBrokenOff(error: FastifyError): boolean {
  return error.statusCode === 400 && (error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_PREMATURE_CLOSE')
}

function describeValidation(error: FastifyError): Problem {
  const where = error.validationContext === 'querystring' ? 'query' : 'body'
  const errors = (error.validation ?? []).flatMap(describeMistake)
  return new Problem(where === 'query' ? 'options-invalid' : 'body-invalid', tellMistakes(`The ${where}`, errors), {
    errors,
  })
}
