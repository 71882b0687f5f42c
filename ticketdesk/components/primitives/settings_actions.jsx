import { asOptions, Choice, Line } from "$/ticketdesk/settings_parts";

const KINDS = [
  { value: "ASSIGN_TO_AGENT", label: "assign it to" },
  { value: "ASSIGN_ROUND_ROBIN", label: "assign it in turn to" },
  { value: "ASSIGN_LEAST_LOADED", label: "assign it to the least loaded of" },
  { value: "UNASSIGN", label: "take the assignment away" },
  { value: "SET_STATUS", label: "set the status to" },
  { value: "SET_PRIORITY", label: "set the priority to" },
  { value: "RAISE_PRIORITY", label: "raise the priority by one" },
  { value: "SET_CATEGORY", label: "set the category to" },
  { value: "SET_CUSTOM_FIELD", label: "set the field" },
  { value: "ADD_TAGS", label: "add the tags" },
  { value: "REMOVE_TAGS", label: "remove the tags" },
  { value: "SEND_CANNED_RESPONSE", label: "answer with" },
  { value: "ADD_NOTE", label: "add the note" },
  { value: "NOTIFY", label: "tell by mail" },
  { value: "WEBHOOK", label: "tell the webhook" },
  { value: "CLOSE", label: "close it" },
];
const PEOPLE = [
  { value: "assignee", label: "the assignee" },
  { value: "admins", label: "the admins" },
];

export const NEW_ACTION = { type: "SET_PRIORITY", priority: "HIGH" };

const first = (options = []) => options[0]?.value ?? "";

const fresh = (type, words) =>
  ({
    ASSIGN_TO_AGENT: { type, agentId: first(words.people) },
    ASSIGN_ROUND_ROBIN: { type, agentIds: [], teamId: null },
    ASSIGN_LEAST_LOADED: { type, agentIds: [], teamId: null },
    SET_STATUS: { type, status: "IN_PROGRESS" },
    SET_PRIORITY: { type, priority: "HIGH" },
    SET_CATEGORY: { type, category: first(words.categories) },
    SET_CUSTOM_FIELD: { type, key: first(words.customFields), value: "" },
    ADD_TAGS: { type, tags: [] },
    REMOVE_TAGS: { type, tags: [] },
    SEND_CANNED_RESPONSE: { type, cannedResponseId: first(words.texts) },
    ADD_NOTE: { type, content: "" },
    NOTIFY: { type, to: ["assignee"], message: "" },
    WEBHOOK: { type, webhookId: first(words.webhooks) },
  })[type] ?? { type };

// A pool is everybody, a team, or chosen agents.
function Pool({ label, action, words, onChange }) {
  const value = action.teamId ? [action.teamId] : (action.agentIds ?? []);
  const teams = (words.teams ?? []).map((team) => ({ ...team, hint: "team" }));
  const isTeam = (id) => teams.some((team) => team.value === id);
  const put = (picked) => {
    const newest = picked.at(-1);
    if (newest && isTeam(newest)) onChange({ ...action, teamId: newest, agentIds: [] });
    else onChange({ ...action, teamId: null, agentIds: picked.filter((id) => !isTeam(id)) });
  };
  return (
    <Choice
      hidden
      multiple
      label={label}
      placeholder="all agents"
      value={value}
      options={[...teams, ...(words.people ?? [])]}
      onChange={put}
    />
  );
}

function Details({ at, action, words, onChange }) {
  const label = `Details of action ${at}`;
  const put = (name) => (value) => onChange({ ...action, [name]: value });
  const one = (name, options, placeholder) => (
    <Choice
      hidden
      label={label}
      value={action[name] ?? ""}
      options={options ?? []}
      placeholder={placeholder ?? "Choose one"}
      onChange={put(name)}
    />
  );
  switch (action.type) {
    case "ASSIGN_TO_AGENT":
      return one("agentId", words.people);
    case "ASSIGN_ROUND_ROBIN":
    case "ASSIGN_LEAST_LOADED":
      return <Pool label={label} action={action} words={words} onChange={onChange} />;
    case "SET_STATUS":
      return one("status", words.statuses);
    case "SET_PRIORITY":
      return one("priority", words.priorities);
    case "SET_CATEGORY":
      return one("category", words.categories);
    case "SET_CUSTOM_FIELD":
      return (
        <>
          {one("key", words.customFields, "There are no fields yet")}
          <span className="editor-word">to</span>
          <Line hidden label={`Value of action ${at}`} value={action.value} maxLength={500} onChange={put("value")} />
        </>
      );
    case "ADD_TAGS":
    case "REMOVE_TAGS":
      return (
        <Choice
          hidden
          multiple
          creatable
          label={label}
          prompt="Type a tag…"
          placeholder="Choose tags"
          value={action.tags}
          options={asOptions(action.tags)}
          onChange={put("tags")}
        />
      );
    case "SEND_CANNED_RESPONSE":
      return one("cannedResponseId", words.texts, "There are no shared texts yet");
    case "ADD_NOTE":
      return <Line hidden label={label} value={action.content} maxLength={5000} onChange={put("content")} />;
    case "NOTIFY":
      return (
        <>
          <Choice
            hidden
            multiple
            creatable
            label={label}
            prompt="Choose, or type an address…"
            value={action.to}
            options={PEOPLE}
            onChange={put("to")}
          />
          <Line
            hidden
            label={`Message of action ${at}`}
            placeholder="Message"
            value={action.message}
            maxLength={500}
            onChange={put("message")}
          />
        </>
      );
    case "WEBHOOK":
      return one("webhookId", words.webhooks, "There are no webhooks yet");
    default:
      return null;
  }
}

export function Action({ at, action, words, onChange }) {
  return (
    <>
      <Choice
        hidden
        label={`Action ${at}`}
        value={action.type}
        options={KINDS}
        onChange={(type) => onChange(fresh(type, words))}
      />
      <Details at={at} action={action} words={words} onChange={onChange} />
    </>
  );
}
