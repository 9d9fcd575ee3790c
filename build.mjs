// Bundles the command line and the library into dist/: one start-up file each, and chunks that a command loads when it needs them.
import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, readdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = dirname(fileURLToPath(import.meta.url))
const dist = join(root, 'dist')
const require = createRequire(import.meta.url)

// Packages that are CommonJS inside ask for require.
const banner = "import { createRequire as bundleCreateRequire } from 'node:module'; const require = bundleCreateRequire(import.meta.url);"

// Chunks carry a digest in their names, so old ones would pile up; types are another step's.
for (const name of existsSync(dist) ? await readdir(dist) : []) if (name !== 'types') await rm(join(dist, name), { recursive: true })
await mkdir(join(dist, 'data'), { recursive: true })
await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'none',
  // Loaded by few commands, or found beside their own modules: WebAssembly for HTML's fonts and previews, native code for WebP and AVIF.
  external: [
    'subset-font',
    'sharp',
    'hyphen',
    'hyphen/*',
    '@hyzyla/pdfium',
    'bullmq',
    'ioredis',
    'juice',
    'nodemailer',
    'nodemailer/*',
    '@citation-js/*',
    'pdfjs-dist',
  ],
  banner: { js: banner },
  logLevel: 'warning',
})
await copyFile(join(dirname(require.resolve('harfbuzzjs/dist/harfbuzz.wasm')), 'harfbuzz.wasm'), join(dist, 'harfbuzz.wasm'))
const pdfkitData = join(dirname(require.resolve('pdfkit')), 'data')
await copyFile(join(pdfkitData, 'sRGB_IEC61966_2_1.icc'), join(dist, 'data', 'sRGB_IEC61966_2_1.icc'))
await chmod(join(dist, 'cli.js'), 0o755)
