/** Who routes an incident to the successor of a closed agency: nobody's hand, and no page of a network. */
export const HAND_OVER_ACTOR = 'centre:hand-over';
