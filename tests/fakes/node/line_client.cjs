// The platform's own library on the long connection, told by lines of JSON.
// Its arguments: ws_url, bot_id, secret, milliseconds between heartbeats.
const { readFileSync } = require('node:fs')
const { basename } = require('node:path')
const { createInterface } = require('node:readline')
const { WSClient } = require('@wecom/aibot-node-sdk')

const [wsUrl, botId, secret, heartbeat] = process.argv.slice(2)
const nothing = () => {}
const logger = { debug: nothing, info: nothing, warn: nothing, error: nothing }
// It comes back after milliseconds: a test does not wait as long as an office does.
const client = new WSClient({ wsUrl, botId, secret, heartbeatInterval: Number(heartbeat), reconnectInterval: 20, logger })

const tell = (event, facts) => process.stdout.write(JSON.stringify({ event, ...facts }) + '\n')
let last = null

for (const event of ['authenticated', 'disconnected', 'reconnecting']) client.on(event, () => tell(event))
client.on('error', (error) => tell('error', { text: error.message }))
for (const event of ['message', 'event']) {
  client.on(event, (frame) => {
    last = frame
    tell(event, { body: frame.body })
  })
}

const code = async (ack) => (await ack).errcode
const does = {
  stream: ({ words, finish }) => code(client.replyStream(last, 's-1', words, finish)),
  welcome: ({ words }) => code(client.replyWelcome(last, { msgtype: 'text', text: { content: words } })),
  update: ({ card }) => code(client.updateTemplateCard(last, card)),
  push: ({ chatid, body }) => code(client.sendMessage(chatid, body)),
  send_file: async ({ chatid, path }) => {
    const { media_id: mediaId } = await client.uploadMedia(readFileSync(path), { type: 'file', filename: basename(path) })
    return code(client.sendMediaMessage(chatid, 'file', mediaId))
  },
  download: async ({ url, aeskey }) => {
    const { buffer, filename } = await client.downloadFile(url, aeskey)
    return [buffer.toString(), filename ?? null]
  },
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { do: name, ...facts } = JSON.parse(line)
  does[name](facts).then(
    (result) => tell('done', { result }),
    (refused) => tell('done', { result: refused.message ?? `${refused.errcode}` }),
  )
})
client.connect()
