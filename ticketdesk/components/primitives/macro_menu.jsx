import * as Menu from "@radix-ui/react-dropdown-menu";
import { Zap } from "lucide-react";

// Several changes of the ticket in one click.
export function MacroMenu({ macros, onOpen, onChoose }) {
  return (
    <Menu.Root modal={false} onOpenChange={(open) => open && onOpen?.()}>
      <Menu.Trigger asChild>
        <button type="button" className="button quiet icon-only" aria-label="Macros" title="Macros">
          <Zap className="icon" strokeWidth={1.75} aria-hidden="true" />
        </button>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="pop menu macro-menu" side="top" align="start" sideOffset={6} collisionPadding={8}>
          {macros.length === 0 && (
            <Menu.Item className="option" disabled>
              <span className="option-label">No macros yet: make one in Settings, Canned responses</span>
            </Menu.Item>
          )}
          {macros.map((one) => (
            <Menu.Item key={one.id} className="option macro" onSelect={() => onChoose?.(one.id)}>
              <span className="option-label">{one.title}</span>
              <span className="option-hint">{one.words}</span>
            </Menu.Item>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
