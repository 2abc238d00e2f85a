/** The account that the stack's app takes for an operator's. */
export const OPERATOR_ID = `a_${"0".repeat(19)}operator`;
