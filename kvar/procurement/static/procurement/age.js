// age v1 with X25519 (https://age-encryption.org/v1): encrypt to one recipient, and make a key. X25519, HKDF, HMAC and
// random bytes are the browser's own WebCrypto; ChaCha20-Poly1305, which it lacks, is noble-ciphers'.
import { chacha20poly1305 } from "./noble/chacha.js";

const ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const CHUNK = 65536;
const text = (words) => new TextEncoder().encode(words);

export function joined(...pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

export function base64(bytes) {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32768) binary += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(binary);
}

const unpadded = (bytes) => base64(bytes).replace(/=+$/, "");

// Bech32 (BIP 173): the checksum, five-bit groups, decode and encode.
function polymod(values) {
  const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    generator.forEach((word, bit) => { if ((top >>> bit) & 1) sum ^= word; });
  }
  return sum;
}

const expanded = (prefix) => [...text(prefix)].map((c) => c >> 5).concat(0, [...text(prefix)].map((c) => c & 31));

function regrouped(data, from, to, pad) {
  let held = 0, bits = 0;
  const found = [];
  for (const value of data) {
    held = ((held << from) | value) & 0xfff;
    bits += from;
    while (bits >= to) { bits -= to; found.push((held >> bits) & ((1 << to) - 1)); }
  }
  if (pad && bits) found.push((held << (to - bits)) & ((1 << to) - 1));
  return found;
}

export function recipientBytes(recipient) {
  const data = [...recipient.slice(4)].map((c) => ALPHABET.indexOf(c));
  const whole = recipient.startsWith("age1") && !data.includes(-1) && polymod(expanded("age").concat(data)) === 1;
  const bytes = Uint8Array.from(regrouped(data.slice(0, -6), 5, 8, false));
  if (!whole || bytes.length !== 32) throw new Error("recipient");
  return bytes;
}

function encoded(prefix, bytes) {
  const data = regrouped(bytes, 8, 5, true);
  const sum = polymod(expanded(prefix).concat(data, [0, 0, 0, 0, 0, 0])) ^ 1;
  const check = [0, 1, 2, 3, 4, 5].map((n) => (sum >>> (5 * (5 - n))) & 31);
  return `${prefix}1${data.concat(check).map((v) => ALPHABET[v]).join("")}`;
}

async function hkdf(secret, salt, info) {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: text(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}

async function pair() {
  const made = await crypto.subtle.generateKey({ name: "X25519" }, true, ["deriveBits"]);
  return { secret: made.privateKey, public: new Uint8Array(await crypto.subtle.exportKey("raw", made.publicKey)) };
}

// The texts of a fresh key: `identity` (AGE-SECRET-KEY-1…) and the bytes of its public half.
export async function newIdentity() {
  const made = await pair();
  const { d } = await crypto.subtle.exportKey("jwk", made.secret);
  const raw = Uint8Array.from(atob(d.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  return { identity: encoded("age-secret-key-", raw).toUpperCase(), recipient: made.public };
}

async function stanza(fileKey, recipient) {
  const one = await pair();
  const theirs = await crypto.subtle.importKey("raw", recipient, { name: "X25519" }, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "X25519", public: theirs }, one.secret, 256);
  const key = await hkdf(new Uint8Array(shared), joined(one.public, recipient), "age-encryption.org/v1/X25519");
  const body = chacha20poly1305(key, new Uint8Array(12)).encrypt(fileKey);
  return `-> X25519 ${unpadded(one.public)}\n${unpadded(body)}\n`;
}

// An age file of `plain` to one recipient (its 32 bytes).
export async function encrypt(plain, recipient) {
  const fileKey = crypto.getRandomValues(new Uint8Array(16));
  const head = `age-encryption.org/v1\n${await stanza(fileKey, recipient)}---`;
  const macKey = await hkdf(fileKey, new Uint8Array(0), "header");
  const hmac = await crypto.subtle.importKey("raw", macKey, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", hmac, text(head)));
  const nonce = crypto.getRandomValues(new Uint8Array(16));
  const key = await hkdf(fileKey, nonce, "payload");
  const pieces = [text(`${head} ${unpadded(mac)}\n`), nonce];
  const chunks = Math.max(1, Math.ceil(plain.length / CHUNK));
  for (let n = 0; n < chunks; n += 1) {
    const count = new Uint8Array(12);
    new DataView(count.buffer).setUint32(7, n);
    count[11] = n === chunks - 1 ? 1 : 0;
    pieces.push(chacha20poly1305(key, count).encrypt(plain.subarray(n * CHUNK, (n + 1) * CHUNK)));
  }
  return joined(...pieces);
}
