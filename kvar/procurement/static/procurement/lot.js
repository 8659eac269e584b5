// The lot's page: what is written here is sealed here. Nothing of it is sent; the two sealed files go into the upload form.
import { base64 } from "./age.js";
import { seal } from "./sealing.js";

const area = document.getElementById("seal");
const bid = JSON.parse(document.getElementById("bid-data").textContent);
const fields = [...area.querySelectorAll("[data-slug]")];
const price = document.getElementById("price");
const said = document.getElementById("seal-said");
const why = Object.assign(document.createElement("p"), { className: "why", id: "seal-why" });
const WHOLE = /^\d+$/;

// `950 000,50` or `950,000.50` to minor units; null when it is none.
export function minor(written) {
  const plain = written.replace(/[\s\u00a0\u202f]/g, "");
  const found = /^(\d{1,3}(?:[.,]\d{3})+|\d+)(?:([.,])(\d{1,2}))?$/.exec(plain);
  if (!found) return null;
  const sum = Number(found[1].replace(/[.,]/g, "")) * 100 + Number((found[3] || "").padEnd(2, "0"));
  return Number.isSafeInteger(sum) && sum > 0 ? sum : null;
}

function answers() {
  const found = {};
  for (const field of fields) {
    const { slug, field: name } = field.dataset;
    const text = field.value.trim();
    found[slug] ??= {};
    if (text) found[slug][name] = name === "target" ? Number(text.replace(/\s/g, "")) : text;
  }
  return found;
}

function wrong() {
  if (minor(price.value) === null) return [price, area.dataset.price];
  const target = fields.find((f) => f.dataset.field === "target" && f.value.trim() && !WHOLE.test(f.value.replace(/\s/g, "")));
  if (target) return [target, area.dataset.target];
  const length = {};
  for (const f of fields) if (f.dataset.most) length[f.dataset.slug] = (length[f.dataset.slug] || 0) + f.value.trim().length;
  const long = fields.find((f) => f.dataset.most && length[f.dataset.slug] > Number(f.dataset.most));
  return long ? [long, area.dataset.long] : null;
}

function link(name, bytes, type) {
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(new Blob([bytes], { type }));
  anchor.download = name;
  anchor.textContent = name;
  return anchor;
}

function hand(id, name, bytes) {
  const list = new DataTransfer();
  list.items.add(new File([bytes], name));
  document.getElementById(id).files = list.files;
}

async function doSeal() {
  const fault = wrong();
  why.remove();
  fields.concat(price).forEach((field) => field.removeAttribute("aria-invalid"));
  if (fault) {
    fault[0].setAttribute("aria-invalid", "true");
    fault[0].setAttribute("aria-errormessage", why.id);
    said.textContent = why.textContent = fault[1];
    fault[0].before(why);
    fault[0].focus();
    return;
  }
  const files = {};
  for (const file of document.getElementById("attach").files) files[file.name] = base64(new Uint8Array(await file.arrayBuffer()));
  const content = JSON.stringify({ answers: answers(), files, price: minor(price.value) });
  const sealed = await seal(bid, new TextEncoder().encode(content));
  const name = `anbud-del-${bid.lot}`;
  const parts = new TextEncoder().encode(JSON.stringify(sealed.parts));
  hand("body", `${name}.age`, sealed.body);
  hand("parts", `${name}.parts.json`, parts);
  document.getElementById("seal-files").replaceChildren(link(`${name}.age`, sealed.body), " ", link(`${name}.parts.json`, parts));
  said.textContent = area.dataset.sealed;
  document.querySelector("#upload button").focus();
}

function saveDraft() {
  const draft = JSON.stringify({ ...bid, price: price.value, answers: answers() }, null, 1);
  const anchor = link(`anbud-del-${bid.lot}.json`, draft, "application/json");
  anchor.click();
  URL.revokeObjectURL(anchor.href);
}

async function loadDraft(event) {
  const draft = JSON.parse(await event.target.files[0].text().catch(() => "null") || "null");
  if (!draft || draft.procurement !== bid.procurement) {
    said.textContent = area.dataset.draft;
    return;
  }
  price.value = draft.price ?? "";
  for (const field of fields) field.value = draft.answers?.[field.dataset.slug]?.[field.dataset.field] ?? "";
}

try {
  await crypto.subtle.generateKey({ name: "X25519" }, false, ["deriveBits"]);
  area.hidden = false;
  document.getElementById("by-hand").open = false;
  document.getElementById("do-seal").addEventListener("click", doSeal);
  document.getElementById("save-draft").addEventListener("click", saveDraft);
  document.getElementById("load-draft").addEventListener("change", loadDraft);
} catch {
  area.remove(); // An old browser: the page's other way, the downloaded form, stands below.
}
