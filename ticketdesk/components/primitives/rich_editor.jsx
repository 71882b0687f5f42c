import { useEffect, useRef } from "react";
import { Editor, Node } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import Image from "@tiptap/extension-image";

// Only files of the desk are shown: a picture of somebody else's host would tell them who reads.
const Picture = Image.extend({
  parseHTML: () => [{ tag: 'img[src^="/api/attachments/"]' }],
}).configure({ inline: true });

const Mention = Node.create({
  name: "mention",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ id: { default: "" }, name: { default: "" } }),
  parseHTML: () => [
    {
      tag: "span[data-mention]",
      getAttrs: (span) => ({ id: span.dataset.mention, name: span.textContent.replace(/^@/, "") }),
    },
  ],
  renderHTML: ({ node }) => ["span", { "data-mention": node.attrs.id }, `@${node.attrs.name}`],
  renderText: ({ node }) => `@${node.attrs.name}`,
});

const KIT = StarterKit.configure({
  heading: false,
  horizontalRule: false,
  underline: false,
  trailingNode: false,
  link: { openOnClick: false, autolink: true, linkOnPaste: true, protocols: ["http", "https", "mailto", "tel"] },
});

const htmlOf = (editor) => {
  let something = Boolean(editor.getText().trim());
  editor.state.doc.descendants((node) => {
    something ||= node.type.name === "image";
  });
  return something ? editor.getHTML() : "";
};

// What stands before the caret in its block; null while something is selected.
const beforeCaret = ({ state }) => {
  const { empty, $from } = state.selection;
  if (!empty || $from.parent.type.spec.code) return null;
  return { text: $from.parent.textBetween(0, $from.parentOffset, undefined, "\ufffc"), to: $from.pos };
};

// A parser outside of the page runs nothing, but the page's policy complains of what would have run.
const quiet = (html) => html.replace(/\s(?:on\w+|style)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi, "");

const picturesIn = (data) => {
  const files = [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  // Rich text brings a picture of itself along; its words are meant then.
  const words = new DOMParser().parseFromString(quiet(data?.getData("text/html") ?? ""), "text/html").body.textContent;
  return words.trim() ? [] : files;
};

const single = (html) => /^<p>((?:(?!<\/?p>).)*)<\/p>$/s.exec(html.trim())?.[1] ?? html;

// Where a text stands, blanks and marks between its words aside; one block at a time.
const findText = (doc, text) => {
  const words = text.trim().split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const wanted = new RegExp(words.join("[^\\p{L}\\p{N}_]+"), "iu");
  let found = null;
  doc.descendants((node, at) => {
    if (found || !node.isTextblock) return;
    const match = wanted.exec(node.textBetween(0, node.content.size, undefined, "\ufffc"));
    if (match) found = { from: at + 1 + match.index, to: at + 1 + match.index + match[0].length };
  });
  return found;
};

const handleOf = (editor) => ({
  editor,
  focus: (at) => editor.commands.focus(at),
  // Where one writes at the moment; null while one does not.
  caret: () => (editor.view.hasFocus() ? editor.state.selection.anchor : null),
  insert: (range, html) => editor.chain().focus().insertContentAt(range, single(html)).run(),
  mention: (range, { id, name }) =>
    editor
      .chain()
      .focus()
      .insertContentAt(range, [{ type: "mention", attrs: { id, name } }, { type: "text", text: " " }])
      .run(),
  picture: (src, alt) => editor.chain().focus().setImage({ src, alt }).run(),
  dropPicture: (src) => {
    const found = [];
    editor.state.doc.descendants((node, at) => {
      if (node.type.name === "image" && node.attrs.src === src) found.unshift(at);
    });
    for (const at of found) editor.commands.deleteRange({ from: at, to: at + 1 });
  },
  // True when the text was there.
  replace: (wrong, right) => {
    const range = findText(editor.state.doc, wrong);
    if (!range) return false;
    const without = editor.chain().focus().deleteRange(range);
    // As words, never as markup: a person may be called anything.
    return right ? without.insertContentAt(range.from, { type: "text", text: right }).run() : without.run();
  },
});

// A text with its formats. `value` is HTML, "" for nothing; `handle` receives what one can do with it.
export default function RichEditor({
  handle,
  label,
  placeholder,
  value,
  invalid = false,
  describedby,
  longest,
  aria = {},
  onChange,
  onLook,
  onKey,
  onBlur,
  onPictures,
  onTooLong,
  onReady,
}) {
  const place = useRef();
  const editor = useRef();
  const said = useRef(value);
  const calls = useRef({});
  calls.current = { onChange, onLook, onKey, onBlur, onPictures, onTooLong };

  useEffect(() => {
    const made = new Editor({
      element: place.current,
      extensions: [KIT, Picture, Mention],
      content: value,
      // The policy of the page takes no style element; the rules are in rich_text.css.
      injectCSS: false,
      editorProps: {
        attributes: { role: "textbox", "aria-multiline": "true", class: "prose rich-input" },
        handleKeyDown: (_view, event) => Boolean(calls.current.onKey?.(event)),
        transformPastedHTML: quiet,
        handlePaste: (_view, event) => {
          const pictures = calls.current.onPictures ? picturesIn(event.clipboardData) : [];
          const text = event.clipboardData?.getData("text/plain") ?? "";
          const weight = Math.max(text.length, event.clipboardData?.getData("text/html").length ?? 0);
          if (pictures.length > 0) calls.current.onPictures(pictures);
          else if (longest && weight + said.current.length > longest) calls.current.onTooLong?.(text);
          else return false;
          event.preventDefault();
          event.stopPropagation();
          return true;
        },
      },
      onUpdate: ({ editor: changed }) => {
        said.current = htmlOf(changed);
        calls.current.onChange?.(said.current);
      },
      onTransaction: ({ editor: changed }) => calls.current.onLook?.(beforeCaret(changed)),
      onBlur: () => calls.current.onBlur?.(),
    });
    editor.current = made;
    handle.current = handleOf(made);
    onReady?.(made);
    return () => {
      handle.current = null;
      editor.current = null;
      onReady?.(null);
      made.destroy();
    };
  }, []);

  // What comes from elsewhere: a draft of the server, or nothing once it was sent.
  useEffect(() => {
    if (value === said.current) return;
    said.current = value;
    editor.current?.commands.setContent(value, { emitUpdate: false });
  }, [value]);

  const described = { "aria-label": label, "aria-invalid": invalid || null, "aria-describedby": describedby || null };
  const attributes = { ...described, "data-placeholder": placeholder, ...aria };
  const named = JSON.stringify(attributes);
  useEffect(() => {
    const box = editor.current?.view.dom;
    for (const [name, held] of Object.entries(attributes)) {
      if (held === null || held === undefined) box?.removeAttribute(name);
      else box?.setAttribute(name, held);
    }
  }, [named]);
  return <div ref={place} className={value ? "rich-place" : "rich-place is-empty"} />;
}
