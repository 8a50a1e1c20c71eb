// What the pages ask the server. Answers are data: nothing here or in the pages makes markup of them.
import { useEffect, useState } from "./vendor.js";

async function read(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(body.error || `the server answered ${response.status}`);
  }
  return body;
}

export async function get(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== "" && value !== null && value !== undefined) {
      query.set(name, value);
    }
  }
  const suffix = query.size ? `?${query}` : "";
  return read(await fetch(path + suffix, { headers: { Accept: "application/json" } }));
}

export async function post(path, token) {
  return read(await fetch(path, { method: "POST", headers: { Authorization: `Bearer ${token}` } }));
}

// The answer of `path`, asked again every `every` milliseconds (0: once), and the error of the last try.
export function useAnswer(path, parameters = {}, every = 0) {
  const [answer, setAnswer] = useState({ data: null, error: null });
  const key = path + JSON.stringify(parameters);
  useEffect(() => {
    let live = true;
    let timer = null;
    const ask = async () => {
      try {
        const data = await get(path, parameters);
        if (live) setAnswer({ data, error: null, key });
      } catch (error) {
        if (live) setAnswer((before) => ({ data: before.key === key ? before.data : null, error: error.message, key }));
      }
      if (live && every) timer = setTimeout(ask, every);
    };
    ask();
    return () => {
      live = false;
      clearTimeout(timer);
    };
  }, [key, every]);
  return answer.key === key || answer.data === null ? answer : { data: null, error: null };
}
