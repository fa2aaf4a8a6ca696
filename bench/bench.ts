/** Measures against the development data: npm run bench -- quality|stories --data DIR … */
const [name] = process.argv.slice(2)
if (name === 'stories') await import('./stories.ts')
else await import('./quality.ts')
