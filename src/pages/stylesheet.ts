import base from "../web/assets/style/base.css";
import cards from "../web/assets/style/cards.css";
import controls from "../web/assets/style/controls.css";
import lists from "../web/assets/style/lists.css";
import neighbours from "../web/assets/style/neighbours.css";
import panel from "../web/assets/style/panel.css";
import screens from "../web/assets/style/screens.css";
import start from "../web/assets/style/start.css";
import walk from "../web/assets/style/walk.css";

/** The stylesheet of all pages. The order matters: of rules with the same specificity, the later one wins. */
export const stylesheet = [base, controls, cards, lists, panel, walk, start, neighbours, screens].join("\n");
