import { envSchema } from 'env-schema'
import { Type, type TUnsafe } from 'typebox'

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** Settings of the service, under the names of their environment variables. Times in milliseconds. */
export interface Config {
  readonly PORT: number
  readonly HOST: string
  readonly LOG_LEVEL: (typeof LOG_LEVELS)[number]
  readonly BODY_LIMIT_BYTES: number
  readonly HEADER_LIMIT_BYTES: number
  readonly HEADERS_TIMEOUT_MS: number
  readonly REQUEST_TIMEOUT_MS: number
  readonly HANDLER_TIMEOUT_MS: number
  readonly CONNECTION_TIMEOUT_MS: number
  readonly KEEP_ALIVE_TIMEOUT_MS: number
  readonly CONNECTION_CHECK_INTERVAL_MS: number
  readonly SHUTDOWN_TIMEOUT_MS: number
}

const milliseconds = (normal: number, description: string): ReturnType<typeof Type.Integer> =>
  Type.Integer({ minimum: 1, maximum: 3_600_000, default: normal, description })

/** Each setting with its bounds, default and meaning. */
export const CONFIG_SCHEMA: TUnsafe<Config> = Type.Unsafe<Config>(
  Type.Object({
    PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 3000, description: 'Port to listen on; 0 for any' }),
    HOST: Type.String({ default: '0.0.0.0', description: 'Address to listen on' }),
    LOG_LEVEL: Type.Enum([...LOG_LEVELS], { default: 'info', description: 'Least level that is logged' }),
    BODY_LIMIT_BYTES: Type.Integer({
      minimum: 1,
      maximum: 2 ** 29, // V8 holds no string longer than this
      default: 10 * 2 ** 20,
      description: 'Largest body of a request, bytes',
    }),
    HEADER_LIMIT_BYTES: Type.Integer({
      minimum: 1024,
      maximum: 2 ** 20,
      default: 16 * 2 ** 10,
      description: 'Largest header section of a request, its address included, bytes',
    }),
    HEADERS_TIMEOUT_MS: milliseconds(10_000, 'Time for the headers of a request to arrive'),
    REQUEST_TIMEOUT_MS: milliseconds(30_000, 'Time for a whole request to arrive'),
    // Counts from the first header, so it has to leave the body its time: a slow client is to get 408, not 503.
    HANDLER_TIMEOUT_MS: milliseconds(60_000, 'Time from the headers of a request to its answer'),
    // The only bound on a client that sends a request and does not read the answer.
    CONNECTION_TIMEOUT_MS: milliseconds(90_000, 'Time a busy connection may pass without a byte'),
    // Longer than the idle time of the usual load balancers (60 s): the side that reuses a connection has to close it.
    KEEP_ALIVE_TIMEOUT_MS: milliseconds(72_000, 'Time a connection stays open between requests'),
    CONNECTION_CHECK_INTERVAL_MS: milliseconds(1_000, 'How often header and request times are checked'),
    // Less than the 10 s between the two signals of `docker stop`.
    SHUTDOWN_TIMEOUT_MS: milliseconds(9_000, 'Time for open requests to finish after SIGTERM'),
  }),
)

/**
 * Reads the settings from an environment; a variable that is set to nothing counts as not set.
 * @throws {Error} with a message for people, when a value is out of bounds
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  return Object.freeze(envSchema<Config>({ schema: CONFIG_SCHEMA, data: given, env: false }))
}
