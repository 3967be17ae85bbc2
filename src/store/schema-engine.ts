import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

/**
 * Prisma's schema engine on the database at `url`, for the time of one piece of work. It comes as
 * WebAssembly in an npm package, where the `prisma migrate` command would download a program.
 *
 * `shadowUrl` is an empty database for engine deeds that need one to try migrations on.
 */
export async function withSchemaEngine<T>(
  { url, shadowUrl, schema }: { readonly url: string; readonly shadowUrl?: string; readonly schema?: string },
  work: (engine: glue.SchemaEngine) => Promise<T>,
): Promise<T> {
  await load();
  const opened: Opened = { pools: [], failures: [] };
  const adapter = bindMigrationAwareSqlAdapterFactory(adapterOf(url, shadowUrl, opened));
  const engine = await glue.SchemaEngine.new(
    { datamodels: schema === undefined ? undefined : [['schema.prisma', schema]] },
    () => {},
    adapter,
  );
  try {
    return await work(engine);
  } catch (error) {
    // The engine says where it failed but not why: PostgreSQL's own words were kept on the way.
    const [failure] = opened.failures;
    throw failure === undefined
      ? error
      : new Error(`${failure.message}\n${String(error)}`, { cause: failure });
  } finally {
    engine.free();
    await Promise.all(opened.pools.map((pool) => pool.end())); // the engine leaves its connections open
  }
}

/** What one piece of work opened and saw, besides what the engine tells. */
type Opened = { readonly pools: pg.Pool[]; readonly failures: Error[] };

// The types of Node 20 leave it out, and those of browsers bring too much.
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

let loaded: Promise<void> | undefined;

/** What the package's own entry does where a bundler turns `.wasm` into a module; Node 20 does not. */
function load(): Promise<void> {
  loaded ??= (async () => {
    const require = createRequire(import.meta.url);
    const path = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm');
    // The engine guards its lock by a timer of 10 s that it never clears; it shall not keep a command alive.
    const patient = (deed: () => void, ms: number) => setTimeout(deed, ms).unref();
    const imports = Object.fromEntries(
      Object.entries(glue).map(([name, value]) => [name, /^__wbg_setTimeout_/.test(name) ? patient : value]),
    );
    const { instance } = await WebAssembly.instantiate(readFileSync(path), {
      './schema_engine_bg.js': imports,
    });
    // Where the engine leaves its last words before it gives up; thrown, they reach our log.
    Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: giveUp } });
    // An entry point of the glue that its types leave out.
    const { __wbg_set_wasm } = glue as unknown as { __wbg_set_wasm(exports: unknown): void };
    __wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();
  })();
  return loaded;
}

function giveUp(words: string): never {
  throw new Error(`the schema engine gave up: ${words}`);
}

function adapterOf(
  url: string,
  shadowUrl: string | undefined,
  opened: Opened,
): SqlMigrationAwareDriverAdapterFactory {
  const { provider, adapterName } = new PrismaPg({ connectionString: url });
  return {
    provider,
    adapterName,
    connect: () => connect(url, opened),
    connectToShadowDb: () => {
      if (shadowUrl === undefined) throw new Error('this deed of the schema engine needs a shadow database');
      return connect(shadowUrl, opened);
    },
  };
}

/**
 * The adapter, mended in two places for the schema engine's needs.
 *
 * - Its `executeScript` cuts a script at every semicolon, inside of functions too. Sent whole, PostgreSQL reads
 *   the statements itself and runs them in one transaction: a migration applies or leaves no trace.
 * - It refuses the type `"char"` of PostgreSQL's catalogue, without which no database can be described.
 */
async function connect(url: string, opened: Opened): Promise<SqlDriverAdapter> {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  opened.pools.push(pool);
  const query = pool.query.bind(pool);
  const charColumns = new WeakMap<object, number[]>();
  const described = async (config: pg.QueryArrayConfig) => {
    const result = await query(config);
    for (const [column, field] of result.fields.entries()) {
      if (field.dataTypeID !== CHAR) continue;
      field.dataTypeID = TEXT;
      charColumns.set(result.rows, [...(charColumns.get(result.rows) ?? []), column]);
    }
    return result;
  };
  const adapter = await new PrismaPg(Object.assign(pool, { query: described })).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  return Object.assign(adapter, {
    async queryRaw(question: SqlQuery) {
      const answer = await queryRaw(question);
      for (const column of charColumns.get(answer.rows) ?? [])
        answer.columnTypes[column] = ColumnTypeEnum.Character;
      return answer;
    },
    async executeScript(script: string) {
      try {
        await query(script);
      } catch (error) {
        opened.failures.push(error instanceof Error ? error : new Error(String(error)));
        throw error;
      }
    },
  });
}

const { CHAR, TEXT } = pg.types.builtins;
