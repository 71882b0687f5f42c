import { onMounted } from "vue";

const DESK = "https://desk.example.com";

/**
 * Loads the widget when the component is mounted.
 * In <script setup>: const { openForm } = useSupportWidget("acme");
 */
export function useSupportWidget(organizationId) {
  onMounted(() => {
    if (document.querySelector(`script[data-organization-id="${organizationId}"]`)) return;
    const script = document.createElement("script");
    script.src = `${DESK}/eclipse-ticket-widget.js`;
    script.async = true;
    script.dataset.eclipseTickets = "";
    script.dataset.organizationId = organizationId;
    script.dataset.hideLauncher = "";
    document.head.append(script);
  });
  return { openForm: () => (window.EclipseTickets ??= []).push(["open"]) };
}
