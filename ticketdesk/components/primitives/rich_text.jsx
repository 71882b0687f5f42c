import { Suspense, lazy, useEffect, useReducer, useState } from "react";
import { Bold, Code, Italic, Link2, List, ListOrdered, TextQuote } from "lucide-react";

// The editor is heavy: it comes by itself, once the screen that uses it stands.
const RichEditor = lazy(() => import("$/ticketdesk/rich_editor"));

const TOOLS = [
  ["bold", "Bold", Bold, (chain) => chain.toggleBold()],
  ["italic", "Italic", Italic, (chain) => chain.toggleItalic()],
  ["bulletList", "Bulleted list", List, (chain) => chain.toggleBulletList()],
  ["orderedList", "Numbered list", ListOrdered, (chain) => chain.toggleOrderedList()],
  ["blockquote", "Quote", TextQuote, (chain) => chain.toggleBlockquote()],
  ["code", "Code", Code, (chain) => chain.toggleCode()],
];

const addressOf = (text) => {
  const written = text.trim();
  if (!written || /^(?:https?:\/\/|mailto:|tel:)/i.test(written)) return written;
  return written.includes("@") ? `mailto:${written}` : `https://${written}`;
};

function LinkTool({ editor }) {
  const [address, setAddress] = useState(null);
  const open = () => setAddress(editor.getAttributes("link").href ?? "");
  const keep = () => {
    const href = addressOf(address);
    const chain = editor.chain().focus().extendMarkRange("link");
    if (!href) chain.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link"))
      chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.setLink({ href }).run();
    setAddress(null);
  };
  const press = (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") keep();
    else {
      setAddress(null);
      editor.commands.focus();
    }
  };
  return (
    <>
      <button type="button" className="tool" aria-label="Link" title="Link" aria-pressed={editor.isActive("link")} aria-expanded={address !== null} onClick={open}>
        <Link2 className="icon" strokeWidth={1.9} aria-hidden="true" />
      </button>
      {address !== null && (
        <span className="tool-link">
          <input
            className="input"
            aria-label="Address of the link"
            placeholder="https://…"
            maxLength={2000}
            autoFocus
            value={address}
            onChange={(event) => setAddress(event.target.value)}
            onKeyDown={press}
          />
          <button type="button" className="button" onClick={keep}>
            {address.trim() ? "Link" : "No link"}
          </button>
        </span>
      )}
    </>
  );
}

// Buttons for who does not know the shortcuts; the keyboard's way past them is the text itself.
export function Tools({ editor }) {
  const [, redraw] = useReducer((times) => times + 1, 0);
  useEffect(() => {
    editor?.on("transaction", redraw);
    return () => void editor?.off("transaction", redraw);
  }, [editor]);
  return (
    <div className="tools" role="toolbar" aria-label="Format">
      {TOOLS.map(([name, label, Glyph, act]) => (
        <button
          key={name}
          type="button"
          className="tool"
          aria-label={label}
          title={label}
          aria-pressed={editor?.isActive(name) ?? false}
          disabled={!editor}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => act(editor.chain().focus()).run()}
        >
          <Glyph className="icon" strokeWidth={1.9} aria-hidden="true" />
        </button>
      ))}
      {editor && <LinkTool editor={editor} />}
    </div>
  );
}

// The text field itself; its place is kept while the editor is on its way.
export function RichText(props) {
  return (
    <Suspense fallback={<div className="rich-place rich-waiting" aria-busy="true" />}>
      <RichEditor {...props} />
    </Suspense>
  );
}
