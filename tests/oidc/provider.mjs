// An OpenID provider that stands for ThaID: oidc-provider, in memory, on a loopback port.
//
//   node provider.mjs PORT CLIENT_ID CLIENT_SECRET REDIRECT_URI [REDIRECT_URI …]
//
// Who is at the telephone: PUT /at {"pid": "…"}. What is put in the place of a true answer: PUT /lie {"aud": "…", …}
// writes the next ID tokens with these claims, signed by the provider's own key; PUT /lie {} tells the truth again.
// PUT /where {"claim": "userinfo"} leaves the number out of the ID token. GET /asked: every authorization request's query.
import { createServer } from 'node:http';
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import Provider from 'oidc-provider';

const [port, clientId, clientSecret, ...redirects] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = { ...privateKey.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: 'RS256' };
const state = { pid: '', lie: {}, inToken: true, asked: [] };

const provider = new Provider(issuer, {
  clients: [{
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uris: redirects,
    grant_types: ['authorization_code'],
    response_types: ['code'],
  }],
  jwks: { keys: [key] },
  scopes: ['openid', 'pid'],
  claims: { openid: ['sub'], pid: ['pid'] },
  conformIdTokenClaims: false,
  pkce: { required: () => true, methods: ['S256'] },
  features: { devInteractions: { enabled: false } },
  cookies: { keys: ['only for tests'] },
  ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: (use) => ({ sub: id, ...(use === 'userinfo' || state.inToken ? { pid: state.pid } : {}) }),
  }),
});

async function body(request) {
  let text = '';
  for await (const part of request) text += part;
  return JSON.parse(text || '{}');
}

// The person at the telephone agrees; what is granted is what was asked, and no more.
async function agree(request, response) {
  const { prompt, params } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    const login = { accountId: `subject of ${state.pid}` };
    return provider.interactionFinished(request, response, { login });
  }
  const grant = new provider.Grant({ accountId: `subject of ${state.pid}`, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const grantId = await grant.save();
  return provider.interactionFinished(request, response, { consent: { grantId } });
}

function lied(token) {
  const [head, claims] = token.split('.').map((part) => JSON.parse(Buffer.from(part, 'base64url')));
  const { $alg: alg, ...changed } = state.lie;
  const header = alg ? { ...head, alg } : head;
  const text = [header, { ...claims, ...changed }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  if (alg === 'none') return `${text}.`;
  return `${text}.${sign('sha256', Buffer.from(text), createPrivateKey({ key, format: 'jwk' })).toString('base64url')}`;
}

provider.use(async (ctx, next) => {
  await next();
  if (ctx.path === '/token' && ctx.body?.id_token && Object.keys(state.lie).length) {
    ctx.body = { ...ctx.body, id_token: lied(ctx.body.id_token) };
  }
});

const answer = provider.callback();
createServer(async (request, response) => {
  const url = new URL(request.url, issuer);
  try {
    if (request.method === 'PUT') {
      const told = await body(request);
      if (url.pathname === '/at') state.pid = told.pid;
      if (url.pathname === '/lie') state.lie = told;
      if (url.pathname === '/where') state.inToken = told.claim !== 'userinfo';
      return response.writeHead(204).end();
    }
    if (url.pathname === '/asked') return response.end(JSON.stringify(state.asked));
    if (url.pathname.startsWith('/interaction/')) return await agree(request, response);
    if (url.pathname === '/auth') state.asked.push(Object.fromEntries(url.searchParams));
    return answer(request, response);
  } catch (error) {
    console.error(error);
    return response.writeHead(500).end(String(error));
  }
}).listen(Number(port), '127.0.0.1', () => console.log(`listening on ${issuer}`));
