// Seals a bid: envelope, a key of its own, and that key parted by XOR for every pair of openers. As kvar/procurement/sealing.
import { base64, encrypt, joined, newIdentity, recipientBytes } from "./age.js";

const BLOCK = 65536;

export function envelope(bid, content) {
  const nonce = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
  const header = { bidder: bid.bidder, length: content.length, lot: String(bid.lot), nonce, procurement: bid.procurement, version: 1 };
  const plain = joined(new TextEncoder().encode(`${JSON.stringify(header)}\n`), content);
  let size = BLOCK;
  while (size < plain.length) size *= 2;
  return joined(plain, new Uint8Array(size - plain.length));
}

// bid: {procurement, lot, bidder, openers: {name: recipient}}, content: bytes. Gives {body: bytes, parts: {"a+b": {a, b}}}.
export async function seal(bid, content) {
  const names = Object.keys(bid.openers).sort();
  if (names.length < 2) throw new Error("openers");
  const own = await newIdentity();
  const key = new TextEncoder().encode(own.identity);
  const body = await encrypt(envelope(bid, content), own.recipient);
  const parts = {};
  for (let i = 0; i < names.length; i += 1) {
    for (let j = i + 1; j < names.length; j += 1) {
      const mask = crypto.getRandomValues(new Uint8Array(key.length));
      const halves = { [names[i]]: mask, [names[j]]: key.map((byte, n) => byte ^ mask[n]) };
      const found = {};
      for (const name of [names[i], names[j]]) found[name] = base64(await encrypt(halves[name], recipientBytes(bid.openers[name])));
      parts[`${names[i]}+${names[j]}`] = found;
    }
  }
  return { body, parts };
}
