// 本机的微信网关，怎么用见 docs/wechaty.md · A Wechaty gateway of one's own; how to use it: docs/wechaty.md
//
// Not `wechaty gateway` and not the project's Docker image: both report to a public service, and run what they are sent from there.
import { readFileSync } from 'node:fs'
import { WechatyBuilder } from 'wechaty'
import { PuppetServer } from 'wechaty-puppet-service'

const textOf = name => readFileSync(name, 'utf8').trim()

const puppet = process.env.WECHATY_PUPPET
if (!puppet) throw new Error('WECHATY_PUPPET names no puppet, such as wechaty-puppet-padlocal')
const endpoint = process.env.GATEWAY_ENDPOINT ?? '127.0.0.1:8788'

const wechaty = WechatyBuilder.build({ name: 'login', puppet }) // keeps the login in login.memory-card.json
await wechaty.init()
await new PuppetServer({
  endpoint,
  puppet: wechaty.puppet,
  token: textOf('token'),
  tls: { serverCert: textOf('gateway.pem'), serverKey: textOf('gateway.key') },
}).start()
console.info(`${puppet} answers at ${endpoint}`)
