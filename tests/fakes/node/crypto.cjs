// The platform's own encryption, told by lines of JSON.
const { createInterface } = require('node:readline')
const { decrypt, encrypt, getSignature } = require('@wecom/crypto')

const does = {
  open: ({ aes_key, encrypted }) => {
    const { message, id } = decrypt(aes_key, encrypted)
    return { message, id }
  },
  seal: ({ aes_key, message, receiver, head }) => encrypt(aes_key, message, receiver, head ? Buffer.from(head) : undefined),
  sign: ({ token, timestamp, nonce, encrypted }) => getSignature(token, timestamp, nonce, encrypted),
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { do: name, ...facts } = JSON.parse(line)
  process.stdout.write(JSON.stringify({ event: 'done', result: does[name](facts) }) + '\n')
})
