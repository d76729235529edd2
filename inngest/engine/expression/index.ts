export { indexedEquality, valueAtPath } from "./equality";
export { evaluate, holds } from "./evaluate";
export { type Expression, parseExpression } from "./parse";
export { ExpressionError } from "./tokens";
