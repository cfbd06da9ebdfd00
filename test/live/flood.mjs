// Sends UDP datagrams to a port of 127.0.0.1 at a rate: node flood.mjs PORT PACKETS_PER_SECOND SECONDS.
// Prints how many were sent. Through koffi, since node:dgram cannot send fast enough.
import koffi from 'koffi';

const [port, rate, seconds] = process.argv.slice(2).map(Number);
const c = koffi.load(null);
const socket = c.func('int socket(int family, int type, int protocol)');
const bind = c.func('int bind(int fd, void *address, uint32_t length)');
const connect = c.func('int connect(int fd, void *address, uint32_t length)');
const write = c.func('long write(int fd, void *bytes, size_t length)');
const AF_INET = 2;
const SOCK_DGRAM = 2;
const address = Buffer.from([AF_INET, 0, port >> 8, port & 0xff, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
// Bound and never read, so that the kernel answers nothing.
if (bind(socket(AF_INET, SOCK_DGRAM, 0), address, address.length) !== 0) throw new Error('port in use');
const sender = socket(AF_INET, SOCK_DGRAM, 0);
connect(sender, address, address.length);

const payload = Buffer.alloc(64);
const started = process.hrtime.bigint();
const total = rate * seconds;
let sent = 0;
while (sent < total) {
  const due = Math.min(total, (Number(process.hrtime.bigint() - started) / 1e9) * rate);
  while (sent < due) {
    payload.writeUInt32BE(sent, 0);
    if (write(sender, payload, payload.length) === payload.length) sent++;
  }
  if (Number(process.hrtime.bigint() - started) / 1e9 > seconds * 4) break;
}
console.log(sent);
