import { createApp, h } from "vue";
import { useSupportWidget } from "./useSupportWidget.js";

const Shop = {
  setup() {
    const { openForm } = useSupportWidget("acme");
    return () => h("main", [h("h1", "A shop"), h("button", { type: "button", onClick: openForm }, "Write to us")]);
  },
};

createApp(Shop).mount("#app");
