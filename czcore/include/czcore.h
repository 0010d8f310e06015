/* czcore: reads Chinese government work reports (政府工作报告) into typed, traceable figures.
 *
 * Umbrella header: include this one. The stages, in the order in which a document passes them:
 *   base.h     status codes, errors, allocator, version
 *   text.h     UTF-8 → normalised characters with the places they came from
 *   number.h   Arabic and Chinese numerals → exact decimals
 *   lexicon.h  vocabulary: cue words, units, indicators, regions
 *   model.h    tables (columns) and the registries
 *   report.h   a whole report: text in, table of quantities out
 *   reports.h  many reports at once, on several threads: one table of quantities
 *   compute.h  figures as printed: intervals, growth, targets
 *   index.h    composite indices: weights, outranking, how sure a rank is
 *   disparity.h inequality of groups, paths of a plan
 *   audit.h    figures that cannot all be true, and figures implied by others
 *
 * Every function is safe to call from several threads at once as long as no two calls share a mutable
 * argument. Nothing global changes: all vocabulary is constant data.
 */
#ifndef CZCORE_H
#define CZCORE_H

#include "czcore/audit.h"
#include "czcore/base.h"
#include "czcore/compute.h"
#include "czcore/disparity.h"
#include "czcore/index.h"
#include "czcore/lexicon.h"
#include "czcore/model.h"
#include "czcore/number.h"
#include "czcore/report.h"
#include "czcore/reports.h"
#include "czcore/text.h"

#endif
