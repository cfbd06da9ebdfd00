// The peer pcap-parser with a bare loop: counts packets and bytes, and looks inside none.
import pcapParser from 'pcap-parser';

let packets = 0;
let bytes = 0;
const parser = pcapParser.parse(process.argv[2]);
parser.on('packet', (packet) => {
  packets++;
  bytes += packet.data.length;
});
parser.on('end', () => console.log(packets, bytes));
parser.on('error', (error) => {
  console.error(error);
  process.exitCode = 1;
});
