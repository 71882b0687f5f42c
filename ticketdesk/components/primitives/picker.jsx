import { useEffect, useId, useRef, useState } from "react";
import * as Popover from "@radix-ui/react-popover";
import { Command } from "cmdk";
import { Glyph, Icon } from "$/ticketdesk/glyphs";

const caption = (chosen, placeholder) => {
  if (chosen.length === 0) return placeholder;
  return chosen.map((option) => option.label).join(", ");
};

// What was picked shows at once, until the server's answer arrives; `refused` counts its refusals.
const useShown = (value, refused) => {
  const [shown, setShown] = useState(value);
  const key = JSON.stringify(value);
  useEffect(() => setShown(value), [key, refused]);
  return [shown, setShown];
};

export function Options({ label, options, chosen, multiple, creatable, onChoose, prompt, onSearch }) {
  const [typed, setTyped] = useState("");
  const asked = prompt || `Change ${label.toLowerCase()}…`;
  const fresh = typed.trim();
  const known = options.some((option) => option.label.toLowerCase() === fresh.toLowerCase());
  // The field is not named like the button that opened it: two of one name would be one too many.
  return (
    <Command className="options" label={asked} loop shouldFilter={!onSearch}>
      <Command.Input
        className="options-search"
        placeholder={asked}
        value={typed}
        onValueChange={(text) => {
          setTyped(text);
          onSearch?.(text);
        }}
      />
      <Command.List className="options-list" label={label}>
        {!creatable && <Command.Empty className="options-empty">Nothing found</Command.Empty>}
        {options.map((option) => (
          <Command.Item
            key={option.value}
            className="option"
            value={`${option.label} ${option.value}`}
            keywords={option.keywords}
            disabled={option.disabled}
            onSelect={() => onChoose(option.value)}
          >
            <Glyph of={option.glyph} />
            <span className="option-label">{option.label}</span>
            {option.hint && <span className="option-hint">{option.hint}</span>}
            {chosen.includes(option.value) && <Icon name="check" className="option-check" />}
          </Command.Item>
        ))}
        {creatable && fresh && !known && (
          <Command.Item className="option" value={`create ${fresh}`} onSelect={() => onChoose(fresh)}>
            <Icon name="plus" />
            <span className="option-label">Add “{fresh}”</span>
          </Command.Item>
        )}
      </Command.List>
    </Command>
  );
}

export function Picker({
  label,
  value,
  options = [],
  placeholder = "None",
  prompt,
  look = "fact",
  shortcut,
  multiple = false,
  creatable = false,
  disabled = false,
  align = "start",
  invalid = false,
  describedby,
  refused = 0,
  id,
  children,
  onPick,
}) {
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useShown(multiple ? (value ?? []) : (value ?? ""), refused);
  const list = useId();
  const button = useRef();
  const held = multiple ? shown : shown === "" && !options.some((o) => o.value === "") ? [] : [shown];
  const chosen = held
    .map((v) => options.find((option) => option.value === v) ?? (v ? { value: v, label: v } : null))
    .filter(Boolean);

  const choose = (picked) => {
    if (multiple) {
      const next = held.includes(picked) ? held.filter((v) => v !== picked) : [...held, picked];
      setShown(next);
      onPick?.(next);
      return;
    }
    setOpen(false);
    if (picked === shown) return;
    setShown(picked);
    onPick?.(picked);
  };

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <button
          ref={button}
          type="button"
          id={id}
          className={`picker ${look}${chosen.length ? " has-value" : ""}`}
          role="combobox"
          aria-label={label}
          aria-haspopup="listbox"
          aria-expanded={open}
          aria-controls={open ? list : undefined}
          aria-invalid={invalid || undefined}
          aria-describedby={describedby}
          data-key={shortcut}
          disabled={disabled}
        >
          {look === "chip" && <span className="picker-name">{label}</span>}
          {look !== "chip" && chosen.length === 1 && <Glyph of={chosen[0].glyph} />}
          <span className={`picker-value${chosen.some((option) => option.value !== "") ? "" : " empty"}`}>
            {children ?? caption(chosen, look === "chip" ? "" : placeholder)}
          </span>
          {look !== "bare" && <Icon name="down" className="picker-arrow" />}
        </button>
      </Popover.Trigger>
      {/* What a dialog covers could not be reached outside of it. */}
      <Popover.Portal container={button.current?.closest("dialog") ?? undefined}>
        <Popover.Content id={list} className="pop" align={align} sideOffset={4} collisionPadding={8} aria-label={label}>
          <Options
            label={label}
            prompt={prompt}
            options={options}
            chosen={held}
            multiple={multiple}
            creatable={creatable}
            onChoose={choose}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
