import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useLocation, useSearchParams } from "react-router";
import * as Menu from "@radix-ui/react-dropdown-menu";
import { Dialog } from "$/ticketdesk/dialog";
import { Icon } from "$/ticketdesk/glyphs";
import { NavLink } from "$/ticketdesk/shell";

const LIST = "/app/tickets";

const filtersOf = (params) => {
  const kept = [...params].filter(([name, value]) => value && !["saved", "after"].includes(name));
  return new URLSearchParams(kept.sort()).toString();
};
const savedFilters = (view) => filtersOf(new URL(view.to, "http://x").searchParams);

const Choice = ({ icon, children, disabled, onSelect }) => (
  <Menu.Item className="option" disabled={disabled} onSelect={onSelect}>
    <Icon name={icon} />
    <span className="option-label">{children}</span>
  </Menu.Item>
);

function Line({ view, place, mine, onRename, onUpdate, onMove, onDelete }) {
  const [renaming, setRenaming] = useState(false);
  const field = useRef();
  const { pathname } = useLocation();
  useEffect(() => {
    if (renaming) field.current.select();
  }, [renaming]);
  const keep = () => {
    const title = field.current.value.trim();
    setRenaming(false);
    if (title && title !== view.title) onRename?.(view.id, title, view.version);
  };
  if (renaming) {
    return (
      <input
        ref={field}
        className="input nav-rename"
        aria-label={`New name of ${view.title}`}
        defaultValue={view.title}
        maxLength={200}
        autoFocus
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === "Enter") keep();
          if (event.key === "Escape") setRenaming(false);
          event.stopPropagation();
        }}
      />
    );
  }
  return (
    <div className="nav-saved">
      <NavLink
        to={view.to}
        icon={view.count < 0 ? "alert" : view.shared ? "people" : "bookmark"}
        label={view.title}
        count={view.count}
        capped={view.capped}
      />
      {mine && (
        <Menu.Root modal={false}>
          <Menu.Trigger asChild>
            <button type="button" className="nav-more" aria-label={`Change view ${view.title}`}>
              <Icon name="more" />
            </button>
          </Menu.Trigger>
          <Menu.Portal>
            <Menu.Content
              className="pop menu"
              align="start"
              sideOffset={4}
              collisionPadding={8}
              onCloseAutoFocus={(event) => field.current && event.preventDefault()}
            >
              <Choice icon="pencil" onSelect={() => setRenaming(true)}>
                Rename
              </Choice>
              <Choice icon="filter" disabled={pathname !== LIST} onSelect={() => onUpdate?.(view.id)}>
                Set to the present filters
              </Choice>
              <Choice icon="up" disabled={place === "first" || place === "only"} onSelect={() => onMove?.(view.id, true)}>
                Move up
              </Choice>
              <Choice icon="down" disabled={place === "last" || place === "only"} onSelect={() => onMove?.(view.id, false)}>
                Move down
              </Choice>
              <Menu.Separator className="menu-line" />
              <Choice icon="trash" onSelect={() => onDelete?.(view.id)}>
                Delete
              </Choice>
            </Menu.Content>
          </Menu.Portal>
        </Menu.Root>
      )}
    </div>
  );
}

const placeOf = (index, length) => {
  if (length === 1) return "only";
  if (index === 0) return "first";
  return index === length - 1 ? "last" : "between";
};

// The sidebar's saved views: shared ones first, then one's own.
export function SavedViews({ views = [], role = "", ...on }) {
  // What stood here last time keeps its place until it is read, so that nothing below it jumps.
  const [awaited, setAwaited] = useState(0);
  useLayoutEffect(() => {
    if (role) localStorage.setItem("saved-views", String(views.length));
    setAwaited(role ? 0 : Number(localStorage.getItem("saved-views")) || 0);
  }, [role, views.length]);
  const kinds = [views.filter((view) => view.shared), views.filter((view) => !view.shared)];
  if (views.length === 0 && awaited === 0) return null;
  return (
    <div className="nav-group" role="group" aria-label="Saved views">
      <span className="nav-title" aria-hidden="true">
        Saved views
      </span>
      {views.length === 0 &&
        Array.from({ length: awaited }, (_, index) => (
          <span key={index} className="nav-link">
            <span className="bone line" />
          </span>
        ))}
      {kinds.flatMap((kind) =>
        kind.map((view, index) => (
          <Line key={view.id} view={view} place={placeOf(index, kind.length)} mine={!view.shared || role === "ADMIN"} {...on} />
        )),
      )}
    </div>
  );
}

// Offers to keep what the list shows, while that is not what a view holds already.
export function SaveView({ views = [], role = "", problem = "", kept = 0, onSave, onUpdate }) {
  const [params] = useSearchParams();
  const [flying, setFlying] = useState(false);
  const form = useRef();
  const shown = views.find((view) => view.id === params.get("saved"));
  const present = filtersOf(params);
  const changed = shown ? present !== savedFilters(shown) : Boolean(filtersOf(new URLSearchParams([...params].filter(([name]) => name !== "view"))));
  useEffect(() => setFlying(false), [problem, kept]);
  useEffect(() => {
    if (!kept || !form.current) return;
    form.current.reset();
    form.current.closest("dialog").close();
  }, [kept]);
  const submit = (event) => {
    event.preventDefault();
    if (flying) return;
    setFlying(true);
    setTimeout(setFlying, 4000, false);
    onSave?.(form.current.elements.title.value, Boolean(form.current.elements.shared?.checked));
  };
  return (
    <>
      {changed && shown && (!shown.shared || role === "ADMIN") && (
        <button type="button" className="button quiet small" onClick={() => onUpdate?.(shown.id)}>
          Update view
        </button>
      )}
      {changed && (
        <button type="button" className="button quiet small" data-opens="save-view">
          <Icon name="bookmark" /> {shown ? "Save as new view" : "Save view"}
        </button>
      )}
      <Dialog id="save-view" title="Save this view">
        <form ref={form} className="dialog-form" onSubmit={submit} noValidate>
          <div className="field">
            <label htmlFor="save-view-name">Name</label>
            <input
              id="save-view-name"
              name="title"
              className="input"
              maxLength={200}
              autoComplete="off"
              data-first=""
              aria-invalid={problem ? true : undefined}
              aria-describedby={problem ? "save-view-problem" : undefined}
            />
            {problem && (
              <span className="field-problem" id="save-view-problem" role="alert">
                <Icon name="alert" />
                {problem}
              </span>
            )}
          </div>
          {role === "ADMIN" && (
            <label className="check">
              <input type="checkbox" name="shared" /> For everybody in the team
            </label>
          )}
          <footer className="dialog-foot">
            <button type="button" className="button" onClick={() => form.current.closest("dialog").close()}>
              Cancel
            </button>
            <button type="submit" className="button primary" aria-busy={flying || undefined}>
              Save view
            </button>
          </footer>
        </form>
      </Dialog>
    </>
  );
}
