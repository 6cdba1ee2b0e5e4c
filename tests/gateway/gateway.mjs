/**
 * A real Wechaty gateway for tests: Wechaty's own server over an account that a test plays. `gateway.py` drives it.
 *
 * When it is ready to be told what to do it prints one line of JSON, {"control": port}, and nothing else ever. It ends when its stdin
 * does, so that none outlives the tests. Loading the packages takes most of a second: one process is a gateway many times over, and
 * nothing is left of the one before. What the bot does is appended to a journal, a file of JSON lines, before the bot is answered.
 */
import fs from 'fs'
import http from 'http'

import { FileBox } from 'file-box'
import * as PUPPET from 'wechaty-puppet'
import { PuppetMock } from 'wechaty-puppet-mock'
import { PuppetServer } from 'wechaty-puppet-service'

const { Message, Friendship } = PUPPET.types
const NEVER = new Promise(() => undefined)
const STRANGER = '开启了朋友验证，你还不是他（她）朋友。请先发送朋友验证请求，对方验证通过后，才能聊天。'

/** The stock mock returns no id from sends, drops mentions, keeps payloads in small caches, cannot recall, and never fails. */
class Account extends PuppetMock {

  constructor (journal) {
    super({ timeoutSeconds: 1000000 }) // the watchdog of the base class would reset the account when the heart is stopped
    this.journalFile = journal
    this.contacts = new Map()
    this.rooms = new Map()
    this.messages = new Map()
    this.files = new Map()
    this.friendships = new Map()
    this.account = ''
    this.sent = 0
    this.ids = true
    this.failures = []
    this.swallows = 0
    this.losses = 0
    this.payloadFailures = 0
    this.on('error', () => undefined) // an emitter without a listener throws
  }

  /** Take over contacts, rooms, messages with their files, and friendships, in place of those of the same id. */
  put ({ contacts = [], rooms = [], messages = [], friendships = [] }) {
    for (const one of contacts) { this.contacts.set(one.id, one) }
    for (const one of rooms) { this.rooms.set(one.id, one) }
    for (const one of friendships) { this.friendships.set(one.id, one) }
    for (const { file, ...message } of messages) {
      this.messages.set(message.id, message)
      if (file) { this.files.set(message.id, file) }
    }
  }

  journal (line) {
    fs.appendFileSync(this.journalFile, JSON.stringify(line) + '\n')
  }

  async onStart () {
    await super.onStart()
    if (this.account) { setImmediate(() => this.enter(this.account)) }
  }

  async enter (id) {
    if (this.isLoggedIn) { await super.logout('another login') }
    this.account = id
    this.login(id)
  }

  async leave () {
    this.account = ''
    await super.logout('logged out')
  }

  found (map, id) {
    const payload = map.get(id)
    if (!payload) { throw new Error('no payload found for id ' + id) }
    return payload
  }

  async contactList () { return [...this.contacts.keys()] }
  async contactPayload (id) { return { avatar: '', gender: 0, phone: [], ...this.found(this.contacts, id) } }
  async contactAlias (id, alias) {
    const contact = this.found(this.contacts, id)
    if (alias === undefined) { return contact.alias }
    contact.alias = alias
    this.journal({ kind: 'alias', id, alias })
  }

  async roomList () { return [...this.rooms.keys()] }
  async roomMemberList (id) { return Object.keys(this.found(this.rooms, id).members) }
  async roomPayload (id) {
    const { members, topic } = this.found(this.rooms, id)
    return { adminIdList: [], id, memberIdList: Object.keys(members), topic }
  }

  async roomMemberPayload (roomId, id) {
    const { members } = this.found(this.rooms, roomId)
    if (!(id in members)) { throw new Error('contact(' + id + ') is not in the Room(' + roomId + ')') }
    return { avatar: '', id, name: this.found(this.contacts, id).name, roomAlias: members[id] }
  }

  async roomTopic (id, topic) {
    const room = this.found(this.rooms, id)
    if (topic === undefined) { return room.topic }
    room.topic = topic
  }

  async messagePayload (id) {
    if (this.payloadFailures > 0) {
      this.payloadFailures -= 1
      throw new Error('cannot load the message')
    }
    return this.found(this.messages, id)
  }

  async messageFile (id) {
    const file = this.found(this.files, id)
    return file.url ? FileBox.fromUrl(file.url, { name: file.name }) : FileBox.fromBase64(file.base64, file.name)
  }

  async messageImage (id) { return this.messageFile(id) }

  async messageSendText (conversation, text, mentions) {
    return this.deliver(conversation, { mentionIdList: mentions || [], text, type: Message.Text })
  }

  async messageSendFile (conversation, box) {
    const base64 = (await box.toBuffer()).toString('base64')
    const type = (box.mediaType || '').startsWith('image/') ? Message.Image : Message.Attachment
    return this.deliver(conversation, { filename: box.name, text: '', type }, { base64, name: box.name })
  }

  /** Everything the account says comes back to it as a message; where it does not reach anybody, the reason is thrown. */
  async deliver (conversation, message, file) {
    if (!this.isLoggedIn) { throw new Error('not logged in') }
    const room = this.rooms.get(conversation)
    if (room && !(this.account in room.members)) { throw new Error('not a member of room ' + conversation) }
    if (!room && !this.found(this.contacts, conversation).friend) { throw new Error(STRANGER) }
    if (this.failures.length) { throw new Error(this.failures.shift()) }
    if (this.losses > 0) {
      this.losses -= 1
      return NEVER
    }
    this.sent += 1
    const where = room ? { roomId: conversation } : { listenerId: conversation }
    const payload = { id: 'sent-' + this.sent, talkerId: this.account, timestamp: Date.now(), ...where, ...message }
    this.journal({ kind: 'sent', message: file ? { ...payload, file } : payload })
    this.hear(payload, file)
    if (this.swallows > 0) {
      this.swallows -= 1
      return NEVER
    }
    return this.ids ? payload.id : undefined
  }

  hear (message, file) {
    this.put({ messages: [{ ...message, file }] })
    this.emit('message', { messageId: message.id })
  }

  async messageRecall (id) {
    const { talkerId, roomId, listenerId } = this.found(this.messages, id)
    if (talkerId !== this.account) { return false }
    this.journal({ kind: 'recalled', id })
    this.hear({ id: id + '-recalled', listenerId, roomId, talkerId, text: id, timestamp: Date.now(), type: Message.Recalled })
    return true
  }

  async friendshipPayload (id) { return this.found(this.friendships, id) }

  async friendshipAccept (id) {
    const { contactId } = this.found(this.friendships, id)
    this.found(this.contacts, contactId).friend = true
    this.journal({ kind: 'accepted', id, contact: contactId })
    const confirm = { contactId, hello: '', id: id + '-confirm', timestamp: Date.now(), type: Friendship.Confirm }
    this.put({ friendships: [confirm] })
    this.emit('friendship', { friendshipId: confirm.id })
  }

}

let account, server, beating

function beats (milliseconds) {
  clearInterval(beating)
  if (milliseconds) { beating = setInterval(() => account.emit('heartbeat', { data: 'beat' }), milliseconds) }
}

/** Begin to listen, with the world as it is told. */
async function open ({ port, token, tls, folder, journal, account: id, scan, put, sent, ids, milliseconds }) {
  process.env.TMPDIR = folder // where the server keeps the files that pass through it
  account = new Account(journal)
  Object.assign(account, { account: id, ids, sent })
  account.put(put)
  await account.start()
  server = new PuppetServer({ endpoint: '127.0.0.1:' + port, puppet: account, tls: tls || { disable: true }, token })
  await server.start()
  if (scan) { account.emit('scan', scan) }
  beats(milliseconds)
}

/** Hang up and forget the world. */
async function close () {
  beats(0)
  if (server) { await server.stop() }
  if (account) { await account.stop() }
  account = server = undefined
}

const commands = {
  beats: ({ milliseconds }) => beats(milliseconds),
  close,
  login: ({ id }) => account.enter(id),
  logout: () => account.leave(),
  open,
  tell: ({ put = {}, emit = [] }) => {
    account.put(put)
    for (const [event, payload] of emit) { account.emit(event, event === 'error' ? new Error(payload) : payload) }
  },
  trouble: settings => Object.assign(account, settings),
}

async function obey (request, response) {
  const parts = []
  for await (const part of request) { parts.push(part) }
  const answer = (status, body) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  try {
    const { command, ...options } = JSON.parse(Buffer.concat(parts).toString())
    await commands[command](options)
    answer(200, {})
  } catch (e) {
    answer(500, { error: String(e && e.stack) })
  }
}

process.stdin.on('end', () => process.exit(0)).resume()
process.on('SIGTERM', () => close().then(() => setTimeout(() => process.exit(0), 50)))
const control = http.createServer(obey).listen(0, '127.0.0.1', () => console.log(JSON.stringify({ control: control.address().port })))
