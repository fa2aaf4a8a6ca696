/**
 * CPU time of the whole process since a reading of `process.cpuUsage()`, milliseconds: of its threads and its collection of garbage too,
 * and not of whatever else the machine does.
 */
export function cpuMillisecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
