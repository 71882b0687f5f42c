import {
  AlarmClock,
  Archive,
  ArrowDown,
  ArrowUpDown,
  Bell,
  Bookmark,
  ChartColumn,
  Check,
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  ChevronUp,
  CircleAlert,
  CircleUserRound,
  CloudOff,
  Command,
  Copy,
  CornerDownLeft,
  Download,
  Ellipsis,
  Eye,
  EyeOff,
  FileText,
  Flame,
  GripVertical,
  History,
  Hourglass,
  Inbox,
  Keyboard,
  Layers,
  LayoutDashboard,
  Link2,
  ListFilter,
  Lock,
  LogOut,
  Mail,
  Menu,
  Merge,
  MessageSquare,
  Monitor,
  Moon,
  Paperclip,
  Pause,
  Pencil,
  Plus,
  Scale,
  Search,
  Send,
  Settings,
  Split,
  Sun,
  Table,
  Tag,
  Ticket,
  Trash2,
  Undo2,
  UserRound,
  UserRoundX,
  Users,
  X,
} from "lucide-react";
import { PRIORITY, STATUS } from "$/ticketdesk/words";

const ICONS = {
  alarm: AlarmClock,
  alert: CircleAlert,
  archive: Archive,
  back: ChevronLeft,
  bell: Bell,
  bookmark: Bookmark,
  chat: MessageSquare,
  check: Check,
  close: X,
  command: Command,
  copy: Copy,
  dashboard: LayoutDashboard,
  reports: ChartColumn,
  workload: Scale,
  down: ChevronDown,
  download: Download,
  enter: CornerDownLeft,
  eye: Eye,
  eyeoff: EyeOff,
  file: FileText,
  filter: ListFilter,
  flame: Flame,
  grip: GripVertical,
  forward: ChevronRight,
  history: History,
  hourglass: Hourglass,
  inbox: Inbox,
  keyboard: Keyboard,
  layers: Layers,
  link: Link2,
  lock: Lock,
  mail: Mail,
  menu: Menu,
  merge: Merge,
  monitor: Monitor,
  moon: Moon,
  more: Ellipsis,
  newest: ArrowDown,
  nobody: UserRoundX,
  offline: CloudOff,
  paperclip: Paperclip,
  pause: Pause,
  pencil: Pencil,
  people: Users,
  person: UserRound,
  plus: Plus,
  search: Search,
  send: Send,
  settings: Settings,
  signout: LogOut,
  sort: ArrowUpDown,
  split: Split,
  sun: Sun,
  table: Table,
  tag: Tag,
  ticket: Ticket,
  trash: Trash2,
  undo: Undo2,
  up: ChevronUp,
  user: CircleUserRound,
};

export function Icon({ name, className = "" }) {
  const Shape = ICONS[name];
  return Shape ? (
    <Shape className={`icon ${className}`} strokeWidth={1.75} aria-hidden="true" />
  ) : null;
}

// A ring that fills as the work goes on: readable by shape, not by colour alone.
const RINGS = {
  NEW: { tone: "new", dash: true },
  OPEN: { tone: "open" },
  IN_PROGRESS: { tone: "progress", fill: 0.5 },
  WAITING_ON_CUSTOMER: { tone: "waiting", pause: true },
  WAITING_ON_THIRD_PARTY: { tone: "waiting", pause: true },
  RESOLVED: { tone: "resolved", mark: "M5 8.2l2 2 4-4.3" },
  CLOSED: { tone: "ended", mark: "M5 8.2l2 2 4-4.3" },
  CANCELLED: { tone: "ended", mark: "M5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2" },
};

export function StatusIcon({ status, named = false }) {
  const ring = RINGS[status] ?? RINGS.OPEN;
  const colour = `var(--status-${ring.tone})`;
  const naming = named
    ? { role: "img", "aria-label": STATUS[status] }
    : { "aria-hidden": true };
  return (
    <svg className="icon" viewBox="0 0 16 16" fill="none" {...naming}>
      {named && <title>{STATUS[status]}</title>}
      {ring.mark ? (
        <>
          <circle cx="8" cy="8" r="6.75" fill={colour} />
          <path d={ring.mark} stroke="var(--surface)" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
        </>
      ) : (
        <circle
          cx="8"
          cy="8"
          r="6"
          stroke={colour}
          strokeWidth="1.6"
          strokeDasharray={ring.dash ? "2.2 1.57" : undefined}
        />
      )}
      {ring.fill && <path d="M8 4.4a3.6 3.6 0 0 1 0 7.2z" fill={colour} />}
      {ring.pause && <path d="M6.6 5.9v4.2M9.4 5.9v4.2" stroke={colour} strokeWidth="1.5" strokeLinecap="round" />}
    </svg>
  );
}

const BARS = { LOW: 1, MEDIUM: 2, HIGH: 3 };

export function PriorityIcon({ priority, named = false }) {
  const colour = `var(--priority-${(priority || "MEDIUM").toLowerCase()})`;
  const naming = named
    ? { role: "img", "aria-label": `${PRIORITY[priority]} priority` }
    : { "aria-hidden": true };
  const lit = BARS[priority];
  return (
    <svg className="icon" viewBox="0 0 16 16" fill="none" {...naming}>
      {named && <title>{`${PRIORITY[priority]} priority`}</title>}
      {lit ? (
        [0, 1, 2].map((bar) => (
          <rect
            key={bar}
            x={2.5 + bar * 4}
            y={9.5 - bar * 3}
            width="2.6"
            height={4 + bar * 3}
            rx="1"
            fill={colour}
            opacity={bar < lit ? 1 : 0.28}
          />
        ))
      ) : (
        <>
          <rect x="2" y="2" width="12" height="12" rx="3.4" fill={colour} />
          <path d="M8 4.9v3.6M8 11v.1" stroke="var(--surface)" strokeWidth="1.8" strokeLinecap="round" />
          {priority === "CRITICAL" && <path d="M5 4.9v3.6M5 11v.1M11 4.9v3.6M11 11v.1" stroke="var(--surface)" strokeWidth="1.5" strokeLinecap="round" />}
        </>
      )}
    </svg>
  );
}

const initials = (name) => {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return letters.map((word) => [...word][0] ?? "").join("").toUpperCase();
};

const tint = (name) => {
  let sum = 7;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  return sum % 8;
};

export function Avatar({ name, large = false, named = false }) {
  const size = large ? " large" : "";
  const label = name || "Nobody";
  const naming = named ? { role: "img", "aria-label": label, title: label } : { "aria-hidden": true };
  return name ? (
    <span className={`avatar person-${tint(name)}${size}`} {...naming}>
      {initials(name)}
    </span>
  ) : (
    <span className={`avatar nobody${size}`} {...naming} />
  );
}

// "status:OPEN", "priority:HIGH", "person:Grace" or the name of an icon.
export function Glyph({ of }) {
  if (!of) return null;
  const [kind, ...rest] = of.split(":");
  const what = rest.join(":");
  if (kind === "status") return <StatusIcon status={what} />;
  if (kind === "priority") return <PriorityIcon priority={what} />;
  // Somebody, or nobody; without either it is the sign for people.
  if (kind === "person" && rest.length > 0) return <Avatar name={what} />;
  return <Icon name={kind} />;
}
