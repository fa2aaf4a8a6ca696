/** Measures against the development data: npm run bench -- quality|stories|html-metadata --data DIR … */
const [name] = process.argv.slice(2)
if (name === 'stories') await import('./stories.ts')
else if (name === 'html-metadata') await import('./html-metadata.ts')
else await import('./quality.ts')
