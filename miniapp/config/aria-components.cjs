// One object for the build plugin and the runtime: both must merge the same keys so that the short prop names agree.
const aria = { 'aria-label': '', 'aria-role': '', 'aria-hidden': '', 'aria-checked': '', 'aria-disabled': '', 'aria-selected': '' }
const of = () => ({ ...aria })
module.exports = { View: of(), Button: of(), Input: of() }
