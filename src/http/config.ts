import { envSchema } from 'env-schema'
import { Type, type TUnsafe } from 'typebox'
import { MAX_DOCUMENT } from '../options.ts'

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
  readonly DEADLINE_MS: number
  readonly PROCESSES: number
  readonly WORKERS: number
  readonly QUEUE_LIMIT: number
  readonly BATCH_WINDOW: number
  readonly INFLATE_RATIO_LIMIT: number
  readonly CONNECTION_TIMEOUT_MS: number
  readonly KEEP_ALIVE_TIMEOUT_MS: number
  readonly CONNECTION_CHECK_INTERVAL_MS: number
  readonly SHUTDOWN_TIMEOUT_MS: number
  readonly AUTH_TOKENS: string
  readonly RATE_LIMIT_PER_MINUTE: number
  readonly TRUST_PROXY: string
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
      default: MAX_DOCUMENT,
      description: 'Largest body of a request, after inflating, and largest line of a batch, bytes',
    }),
    HEADER_LIMIT_BYTES: Type.Integer({
      minimum: 1024,
      maximum: 2 ** 20,
      default: 16 * 2 ** 10,
      description: 'Largest header section of a request, its address included, bytes',
    }),
    HEADERS_TIMEOUT_MS: milliseconds(10_000, 'Time for the headers of a request to arrive'),
    REQUEST_TIMEOUT_MS: milliseconds(30_000, 'Time for a whole request to arrive'),
    DEADLINE_MS: milliseconds(10_000, 'Time from a whole request to its answer, waiting included'),
    PROCESSES: Type.Integer({
      minimum: 0,
      maximum: 256,
      default: 1,
      description: 'Processes that share the port, the threads and the queue; 0 for one a core',
    }),
    WORKERS: Type.Integer({
      minimum: 0,
      maximum: 256,
      default: 0,
      description: 'Threads that clean large texts and HTML; 0 for one a core',
    }),
    QUEUE_LIMIT: Type.Integer({
      minimum: 1,
      maximum: 100_000,
      default: 256,
      description: 'Documents that may wait for a thread; one more is answered with 503 at once',
    }),
    BATCH_WINDOW: Type.Integer({
      minimum: 1,
      maximum: 1024,
      default: 16,
      description: 'Documents of one batch that are in memory at a time',
    }),
    INFLATE_RATIO_LIMIT: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      default: 100, // pages reach 20; a bomb of gzip 1,000, one of brotli a million
      description: 'How many times its size a compressed body may have inflated, beyond 1 MiB',
    }),
    // The only bound on a client that sends a request and does not read the answer.
    CONNECTION_TIMEOUT_MS: milliseconds(90_000, 'Time a busy connection may pass without a byte'),
    // Longer than the idle time of the usual load balancers (60 s): the side that reuses a connection has to close it.
    KEEP_ALIVE_TIMEOUT_MS: milliseconds(72_000, 'Time a connection stays open between requests'),
    CONNECTION_CHECK_INTERVAL_MS: milliseconds(1_000, 'How often header and request times are checked'),
    // Less than the 10 s between the two signals of `docker stop`.
    SHUTDOWN_TIMEOUT_MS: milliseconds(9_000, 'Time for open requests to finish after SIGTERM'),
    AUTH_TOKENS: Type.String({
      default: '',
      description:
        'Bearer tokens, one of which /clean, /clean/batch and /metrics ask for; with commas; none for open to all',
    }),
    RATE_LIMIT_PER_MINUTE: Type.Integer({
      minimum: 0,
      maximum: 1_000_000,
      default: 0,
      description: 'Requests a client may send to /clean and /clean/batch in a minute; 0 for any number',
    }),
    TRUST_PROXY: Type.String({
      default: '',
      description:
        'Whose X-Forwarded-For is believed: addresses or networks with commas, or a number of proxies; none for nobody',
    }),
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

/** Settings that no log shows. */
const SECRETS: ReadonlySet<keyof Config> = new Set(['AUTH_TOKENS'])

/** The settings as they may be logged. */
export function redactConfig(config: Config): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [
      name,
      SECRETS.has(name as keyof Config) && value !== '' ? '(set)' : (value as unknown),
    ]),
  )
}

/** The names of all settings, in the order of the schema. */
export const SETTING_NAMES: readonly (keyof Config)[] = Object.keys(propertiesOf(CONFIG_SCHEMA)) as (keyof Config)[]

/** What the schema says of one setting. */
export interface SettingSchema {
  readonly default: string | number
  readonly description: string
  readonly minimum?: number
  readonly maximum?: number
  readonly enum?: readonly string[]
}

/** Bounds, default and meaning of a setting. */
export function describeSetting(name: keyof Config): SettingSchema {
  const schema = propertiesOf(CONFIG_SCHEMA)[name]
  if (schema === undefined) throw new TypeError(`no setting ${name}`)
  return schema
}

function propertiesOf(schema: unknown): Readonly<Record<string, SettingSchema>> {
  return (schema as { properties: Readonly<Record<string, SettingSchema>> }).properties
}
