// What the page knows: a copy of the simulator's state, kept up to date by its events.

import { whenReleased } from "./press.js";

const MOST = 24;

export const world = { people: new Map(), chats: new Map(), bots: [], more: 0, clock: null, log: [], zone: "", language: "vi", playback: null };

const listeners = new Set();
export const listen = (listener) => listeners.add(listener);
const tell = (event) => whenReleased(() => listeners.forEach((listener) => listener(event)));

/** Ask the simulator to do something; throws an Error with its words when it will not. */
export async function post(path, body = {}) {
  const answer = await fetch(`/control/${path}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  const result = await answer.json();
  if (!answer.ok) throw new Error(result.error);
  return result;
}

export const act = (person, name, body = {}) => post(`people/${person}/${name}`, body);

function takeChat(view) {
  const old = world.chats.get(view.key);
  const messages = view.messages ? new Map(view.messages.map((m) => [m.id, m])) : old?.messages ?? new Map();
  world.chats.set(view.key, { ...old, ...view, messages });
}

function takeClock(view) {
  world.clock = { ...view, at: Date.parse(view.now), since: performance.now() };
}

/** The simulator's present moment. */
export function now() {
  const clock = world.clock;
  if (!clock) return new Date();
  return new Date(clock.at + (performance.now() - clock.since) * clock.speed);
}

export async function load() {
  const wanted = new URLSearchParams(location.search).get("person") ?? "";
  const state = await (await fetch(`/control/state?person=${encodeURIComponent(wanted)}`)).json();
  world.people = new Map(state.people.map((p) => [p.id, p]));
  world.chats.clear();
  state.chats.forEach(takeChat);
  world.bots = state.bots;
  world.more = state.more_people;
  world.log = state.log;
  world.zone = state.zone;
  world.language = state.language;
  world.playback = state.playback;
  world.zalo = state.zalo;
  takeClock(state.clock);
  tell({ type: "state" });
}

const TAKE = {
  message(event) {
    const chat = world.chats.get(event.message.chat);
    if (!chat) return;
    chat.messages.set(event.message.id, event.message);
    chat.held = event.held;
    if (event.message.by.bot) chat.action = null;
    if (chat.messages.size > 400) chat.messages.delete(chat.messages.keys().next().value);
  },
  edited(event) {
    world.chats.get(event.message.chat)?.messages.set(event.message.id, event.message);
  },
  deleted(event) {
    world.chats.get(event.chat)?.messages.delete(event.id);
  },
  chat(event) {
    const inside = new Set([event.chat.person, ...Object.keys(event.chat.members).map(Number)]);
    const known = [...world.people.values()].filter((person) => inside.has(person.id));
    if (known.length) takeChat(event.chat);
    for (const person of known) if (!person.chats.includes(event.chat.key)) person.chats.push(event.chat.key);
  },
  person(event) {
    const { person } = event;
    if (!world.people.has(person.id) && (!person.caption || world.people.size >= MOST)) return;
    world.people.set(person.id, person);
    event.chats.forEach(takeChat);
  },
  action(event) {
    const chat = world.chats.get(event.chat);
    if (chat) chat.action = { kind: event.action, by: event.by, until: performance.now() + 6000 };
  },
  call(event) {
    if ((world.log.at(-1)?.number ?? 0) >= event.call.number) event.type = "known";
    else world.log.push(event.call);
    if (world.log.length > 500) world.log.shift();
  },
  playback(event) {
    world.playback = event.playback;
  },
  clock(event) {
    takeClock(event.clock);
  },
  commands: () => load(),
  reload: () => load(),
};

/** Follow the simulator's events, for ever; `onState(connected)` is told when the line is lost or back.
 *
 * One after the other: what comes while the whole state is on its way is newer than that, and would be gone if it was taken before.
 */
export function follow(onState) {
  const source = new EventSource("/events");
  let last = Promise.resolve();
  const next = (take) => (last = last.then(take).catch(reportError));
  source.onopen = () => next(load).then(() => onState(true));
  source.onerror = () => onState(false);
  source.onmessage = (message) => next(async () => {
    const event = JSON.parse(message.data);
    await TAKE[event.type]?.(event);
    tell(event);
  });
}
