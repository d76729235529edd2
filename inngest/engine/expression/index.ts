export { type IndexedEquality, indexedEquality, valueAtPath } from "./equality";
export { type ExpressionScope, evaluate, holds } from "./evaluate";
export { type BinaryOperator, type Expression, parseExpression } from "./parse";
export { ExpressionError } from "./tokens";
