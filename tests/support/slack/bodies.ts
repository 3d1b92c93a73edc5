/** The parts of Slack's bodies that are looked at here. */

export interface Text {
  readonly type: 'plain_text' | 'mrkdwn';
  readonly text: string;
}

export interface Option {
  readonly text: Text;
  readonly value?: string;
  readonly description?: Text;
  readonly url?: string;
}

export interface OptionGroup {
  readonly label: Text;
  readonly options: readonly Option[];
}

/** An element of a block, of whatever type; a cell of a table or a run of rich text too. */
export interface Element {
  readonly type: string;
  readonly action_id?: string;
  readonly text?: Text | string;
  readonly value?: string;
  readonly url?: string;
  readonly alt_text?: string;
  readonly options?: readonly Option[];
  readonly option_groups?: readonly OptionGroup[];
  readonly initial_option?: Option;
  readonly initial_options?: readonly Option[];
  readonly initial_value?: string;
  readonly placeholder?: Text;
  readonly confirm?: object;
  readonly focus_on_load?: boolean;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly max_selected_items?: number;
  readonly min_query_length?: number;
  readonly elements?: readonly Element[];
  readonly user_id?: string;
  readonly usergroup_id?: string;
  readonly channel_id?: string;
  readonly range?: string;
  readonly fallback?: string;
}

export interface Block {
  readonly type: string;
  readonly block_id?: string;
  readonly text?: Text | string;
  readonly fields?: readonly Text[];
  readonly accessory?: Element;
  readonly elements?: readonly (Element | Text)[];
  readonly element?: Element;
  readonly label?: Text;
  readonly hint?: Text;
  readonly title?: Text;
  readonly alt_text?: string;
  readonly optional?: boolean;
  readonly dispatch_action?: boolean;
  readonly rows?: readonly (readonly Element[])[];
}

/** Of a message. */
export interface Body {
  readonly text?: string;
  readonly blocks?: readonly Block[];
}

export interface View {
  readonly type: 'modal' | 'home';
  readonly title?: Text;
  readonly submit?: Text | null;
  readonly close?: Text | null;
  readonly blocks: readonly Block[];
  readonly private_metadata?: string;
  readonly callback_id?: string;
  readonly external_id?: string;
  readonly clear_on_close?: boolean;
  readonly notify_on_close?: boolean;
}

export interface Placed {
  readonly element: Element;
  readonly block: Block;
  readonly path: readonly PropertyKey[];
}

/** Every element that a person can use, with where it is, in reading order. */
export function everyElement(blocks: readonly Block[] = []): readonly Placed[] {
  return blocks.flatMap((block, at) => {
    const listed = block.type === 'actions' ? (block.elements ?? []) : [];
    return [
      ...(block.accessory === undefined ? [] : [{ element: block.accessory, block, path: ['blocks', at, 'accessory'] }]),
      ...listed.map((element, index) => ({ element: element as Element, block, path: ['blocks', at, 'elements', index] })),
      ...(block.element === undefined ? [] : [{ element: block.element, block, path: ['blocks', at, 'element'] }]),
    ];
  });
}

export const optionsOf = ({ options, option_groups }: Element): readonly Option[] => options ?? (option_groups ?? []).flatMap((group) => group.options);

/** Slack names every block and every element that has no name. */
export function named(blocks: readonly Block[], newId: () => string): readonly Block[] {
  const element = <T extends Element | Text>(one: T): T => (isPassive(one.type) || 'action_id' in one ? one : { ...one, action_id: newId() });
  return blocks.map((block) => ({
    ...{ block_id: newId(), ...block },
    ...(block.accessory === undefined ? {} : { accessory: element(block.accessory) }),
    ...(block.element === undefined ? {} : { element: element(block.element) }),
    ...(block.type === 'actions' ? { elements: (block.elements ?? []).map(element) } : {}),
  }));
}

const isPassive = (type: string) => ['image', 'plain_text', 'mrkdwn'].includes(type);
