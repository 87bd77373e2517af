const http = require('http');

let pages = 0;

async function ask(service) {
  try {
    const answer = await fetch(`http://${service}:5000/`, { signal: AbortSignal.timeout(3000) });
    if (answer.ok) return await answer.text();
  } catch (error) {
    console.log(`${service}: ${error.cause?.code ?? error.message}`);
  }
  return `The service ${service} is not available.\n`;
}

const server = http.createServer(async (request, response) => {
  const parts = await Promise.all([ask('products'), ask('visits')]);
  pages += 1;
  response.setHeader('Content-Type', 'text/plain');
  response.end(`${parts.join('')}Pages since this front end started: ${pages}\n`);
});
server.listen(3000);

// docker stop sends SIGTERM: end at once.
process.on('SIGTERM', () => process.exit(0));
